// The panes of the window: rows from top to bottom, views side by side in each. As text, a row is "network 60 %, loss log=1 40 % | 70 %":
// methods with the options that are not as usual and their shares of the width, and behind a bar the row's share of the height.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "viz/method.h"

namespace viz {

struct Pane {
  int id = 0;  // one of a kind, kept while the pane lives
  std::string method;
  Arguments options;  // all of them
  double share = 1;   // of its row's width, relative to its neighbours
};
struct PaneRow {
  std::vector<Pane> panes;
  double share = 1;  // of the height
};

// Where a pane was laid out, or a border between two, that can be dragged.
struct PanePlace {
  int id;
  Box box;
};
struct PaneBorder {
  bool across;             // between two panes of a row; else between two rows
  std::size_t row, after;  // after this row, or after this pane of it
  Box box;
};

class Panes {
 public:
  // std::invalid_argument where a text names no method or option.
  explicit Panes(std::span<const std::string> texts);
  std::vector<std::string> texts() const;

  const std::vector<PaneRow>& rows() const { return rows_; }
  Pane* find(int id);
  std::size_t count() const;

  int split_right(int id, const std::string& method);  // a new pane beside this one; its id
  int split_down(int id, const std::string& method);   // a new row below this one's
  void close(int id);                                  // never the last one
  void show(int id, const std::string& method);
  // Fills the whole room, until it is asked for again.
  void enlarge(int id) { enlarged_ = enlarged_ == id ? 0 : id; }
  int enlarged() const { return enlarged_; }

  std::vector<PanePlace> places(Box box, double gap) const;
  std::vector<PaneBorder> borders(Box box, double gap) const;
  void drag(const PaneBorder& border, Box box, Point to);

 private:
  Pane made(const std::string& method);
  std::vector<PaneRow> rows_;
  int next_ = 1, enlarged_ = 0;
};

// The panes that an experiment opens with where it names none.
std::vector<std::string> usual_panes(const Study& study);

}  // namespace viz
