// Where a person's own picture comes from, the drawing pad, a picture file or a camera, and what the network says to what is looked at.
#pragma once
#include <future>

#include "viz/app/state.h"
#include "viz/camera.h"
#include "viz/own_picture.h"
#include "viz/pad.h"

namespace viz {

struct InputSource {
  enum class Kind { data, pad, file, camera } kind = Kind::data;
  std::shared_ptr<const data::Prepared> of;  // the data that all this suits
  PictureHabit habit;

  // The pad.
  std::optional<Pad> pad;
  double pen_width = 26;  // of 280 pixels, the longer side of the pad
  int pen_color = 0;      // where the data have colours
  bool eraser = false, centre = true, drawing = false;

  // A picture file, read in the background where it is large.
  struct File {
    data::Pixels pixels;
    std::string name;
  };
  std::future<File> reading;
  std::optional<File> file;

  // The camera, a device or a folder of pictures.
  std::unique_ptr<Camera> camera;
  std::string camera_name, camera_problem;
  std::shared_ptr<const data::Pixels> frame;
  bool frozen = false;

  bool swap = false;  // light and dark, of files and frames

  // The answer to what is looked at, with the time from the event that brought it.
  std::vector<nn::Real> answer;  // a share for each class, or the values
  std::shared_ptr<const nn::Snapshot> answered_by;
  std::shared_ptr<const Given> answer_to;
  nn::Index answered_example = -1;
  double milliseconds = 0;
};

// Suits the data that are on the desk; `habit` and `pad` have no meaning where these are not pictures.
InputSource& input_source(State& state);
void choose_source(State& state, InputSource::Kind kind);

// What pointer and keys do on the pad; places in its pixels.
void pen_down(State& state, Point at, bool eraser);
void pen_to(State& state, Point at);
void pad_changed(State& state);                                        // looks at what is on the pad
void file_changed(State& state);                                       // looks at the file or the frame again, as `swap` says
void start_camera(State& state, const std::filesystem::path& source);  // std::invalid_argument where there is none
// Asks the network where what is looked at, or the network, is another one.
void bring_answer_up_to_date(State& state);

}  // namespace viz
