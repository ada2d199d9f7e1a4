// The table of all visualization methods.
#include "viz/methods.h"

#include "viz/explainers.h"
#include "viz/patches.h"
#include "viz/relevance_options.h"
#include "viz/stages.h"
#include "viz/text_properties.h"
#include "viz/unrolled_options.h"

namespace viz {

namespace {

std::vector<Option> with(std::vector<Option> first, const std::vector<Option>& second) { return first.insert(first.end(), second.begin(), second.end()), first; }

// The options of a method, and those that say what is explained.
std::vector<Option> with_targets(const std::vector<Option>& own) { return with(own, target_options()); }

}  // namespace

// clang-format off
std::span<const Method> methods() {
  static const Option resolution{"resolution", "points of the plane in each direction", 40, 10, 200, 1};
  static const Option part{"part", "of which examples", 0, 0, 1, 1, {"test", "train"}};
  static const std::vector<Method> others = {
      {"network", "Network", "All neurons with what they say, linked by their weights.", "Smilkov and Carter 2016", Place::process,
       {resolution, {"detail", "points of the large map in each direction", 80, 10, 200, 1}, {"neuron", "shown in the large map instead of the output: counted from 1 over all layers, inputs first; 0 for none", 0, 0, 100000, 1},
        {"test", "1: show the test examples too", 1, 0, 1, 1}, {"discretize", "1: yes or no alone, or ten steps of a value", 0, 0, 1, 1}}, network::compute, network::layout},
      {"neuron", "Neuron", "One neuron with its numbers: the weighted sum, the function, and what training would change.", "Zeng 2016", Place::process,
       {{"layer", "which layer of neurons, counted from 1", 1, 1, 20, 1}, {"unit", "which neuron of the layer, counted from 1", 1, 1, 10000, 1}}, neuron::compute, neuron::layout},
      {"boundary", "Decision boundary", "What the network says over the plane of its two inputs.", "Smilkov and Carter 2016", Place::relationship,
       {{"resolution", "points of the plane in each direction", 100, 10, 300, 1}, {"discretize", "1: the class alone, or ten steps of a value", 0, 0, 1, 1}, {"test", "1: show the test examples too", 0, 0, 1, 1}}, boundary::compute, boundary::layout},
      {"hidden", "Hidden layers", "Every neuron's answer over the plane, or to the chosen example.", "Smilkov and Carter 2016", Place::feature,
       {resolution, {"range", "what the colours span: each neuron alone, each layer, or all layers", 1, 0, 2, 1, {"each", "layer", "all"}}}, hidden::compute, hidden::layout},
      {"activations", "Activations", "What every layer makes of a picture, map by map, and how the cost would change with each number.", "Karpathy 2014", Place::feature,
       {{"show", "what the units say, or the gradient of the cost with respect to that", 0, 0, 1, 1, {"activations", "gradients"}}, {"range", "what the colours span: each map alone, each layer, or all layers", 1, 0, 2, 1, {"each", "layer", "all"}}, stage_option(), unit_option()}, activations::compute, activations::layout, "drawn"},
      {"loss", "Loss and accuracy", "How training went, epoch by epoch, with the spread over seeds.", "Bruckner 2014", Place::process, {{"log", "1: a logarithmic axis for the loss", 0, 0, 1, 1}, {"unit", "of a cross-entropy: nats, bits, or perplexity, e to the nats; another loss stays as it is", 0, 0, 2, 1, {"nats", "bits", "perplexity"}}}, loss::compute, loss::layout, "circle", Reads::anything},
      {"weights", "Weights", "The weights of a layer as pictures or as a matrix, and how the cost would change with them.", "LeCun et al. 1998", Place::feature,
       {{"show", "the weights, or the gradient of the cost with respect to them", 0, 0, 1, 1, {"weights", "gradients"}}, {"layer", "which layer with weights, counted from 1; 0: that of the chosen stage", 0, 0, 100, 1}, {"range", "what the colours span: each unit alone, or the layer", 1, 0, 1, 1, {"each", "layer"}}, stage_option(), unit_option()}, weights::compute, weights::layout, "drawn"},
      {"arithmetic", "Arithmetic", "How one number is computed: the window that slides, the numbers in it, the sum written out.", "LeCun et al. 1998", Place::process,
       {stage_option(), unit_option(), row_option(), column_option(), {"channel", "which map of the stage before is shown with its numbers, counted from 1", 1, 1, 100000, 1}}, arithmetic::compute, arithmetic::layout, "drawn"},
      {"sandbox", "Sizes of a convolution", "How size, padding, kernel, stride and dilation decide what comes out.", "Dumoulin and Visin 2016", Place::process,
       {{"input", "pixels of the input in each direction", 5, 1, 12, 1}, {"padding", "pixels around the input", 0, 0, 6, 1}, {"kernel", "pixels of the kernel in each direction", 3, 1, 7, 1},
        {"stride", "pixels from one place of the kernel to the next", 1, 1, 6, 1}, {"dilation", "from one pixel that the kernel reads to the next", 1, 1, 4, 1},
        {"place", "where the kernel lies, counted from 1, row by row", 1, 1, 1000, 1}}, sandbox::compute, sandbox::layout, "circle", Reads::anything},
      {"diagram", "Diagram", "Every stage with its maps, and the links into the one that is chosen.", "Harley 2015", Place::relationship,
       {stage_option(), unit_option(), row_option(), column_option(), {"units", "what the nodes are: whole maps, or single units", 0, 0, 1, 1, {"maps", "single units"}}}, diagram::compute, diagram::layout, "drawn"},
      {"confusion", "Confusion matrix", "Which classes are taken for which.", "Bruckner 2014", Place::process, {part, {"truth", "true class of the cell whose examples are shown, counted from 1; 0 for none", 0, 0, 100000, 1}, {"said", "predicted class of that cell, counted from 1; 0 for none", 0, 0, 100000, 1}}, confusion::compute, confusion::layout, "digits", Reads::answers},
      {"film", "Film strip", "The filters of a layer, or its maps of a picture, at many moments of training.", "Karpathy 2014", Place::process,
       {{"show", "the weights of a layer, or what it says of the chosen picture", 0, 0, 1, 1, {"filters", "maps"}}, {"moments", "how many moments at most, evenly spread over training", 16, 2, 60, 1}, stage_option(), unit_option()}, film::compute, film::layout, "drawn"},
      {"predictions", "Predictions", "What the chosen picture is taken for, how certainly, and what other examples are taken for.", "Karpathy 2014", Place::process,
       {part, {"top", "how many of the likeliest classes of the chosen picture", 5, 1, 100, 1}, {"count", "how many examples beside it", 24, 0, 500, 1}, {"first", "of the examples beside it, counted from 1 (Page Up, Page Down)", 1, 1, 100000, 1}}, predictions::compute, predictions::layout, "digits", Reads::answers},
      {"errors", "Errors", "The most confident mistakes, with precision and recall of every class.", "Zeiler and Fergus 2014", Place::process, {part, {"count", "how many mistakes at most", 60, 1, 500, 1}}, errors::compute, errors::layout, "digits", Reads::answers},
      {"input", "Input", "What is looked at: an example of the data, a drawing, a picture file, a camera, or a text.", "Yosinski et al. 2015", Place::feature, {{"numbers", "1: the number of every pixel, where there is room", 0, 0, 1, 1}}, input::compute, input::layout, "drawn", Reads::anything},
      {"toolbox", "Toolbox", "What every unit of a stage makes of a picture, and what one of them answers to: backwards, and in the training images.", "Yosinski et al. 2015", Place::feature,
       {stage_option(), unit_option(), row_option(), column_option(), {"back", "the picture that the chosen unit sends back", 2, 0, 3, 1, {"off", "gradient", "deconvnet", "guided"}}, {"from", "where it starts: at one place of the map, or at all", 0, 0, 1, 1, {"place", "map"}},
        {"range", "what the colours span: each map alone, or the stage", 0, 0, 1, 1, {"each", "layer"}}, {"pattern", "1: of every unit what it says most of, instead of its map", 0, 0, 1, 1}, {"images", "how many training images are searched for the top nine", 1, 0, 3, 1, {"100", "500", "2000", "5000"}}}, toolbox::compute, toolbox::layout, "drawn", Reads::pictures},
      {"field", "Receptive fields", "Which pixels a unit can see, from the geometry of its layers.", "Zhou et al. 2014", Place::feature, {stage_option(4), row_option(), column_option()}, field::compute, field::layout, "drawn", Reads::pictures},
      {"flow", "Relevance flow", "How the score is shared from layer to layer, back to the pixels.", "Bach et al. 2015", Place::feature, with(target_options(), relevance_options()), flow::compute, flow::layout, "drawn", Reads::pictures},
      {"reconstruct", "Reconstructions", "Patches that units say most of, beside what the units send back to them.", "Zeiler and Fergus 2014", Place::feature,
       {stage_option(5), unit_option(), {"units", "how many units, from the chosen one on", 6, 1, 24, 1}, {"back", "what is sent back", 1, 0, 3, 1, {"gradient", "deconvnet", "guided", "relevance"}}, {"form", "blocks of nine, or rows of ten", 0, 0, 1, 1, {"blocks", "rows"}},
        {"images", "how many training images are searched", 1, 0, 3, 1, {"100", "500", "2000", "5000"}}}, reconstruct::compute, reconstruct::layout, "drawn", Reads::pictures},
      {"regions", "Top regions", "The parts of the training pictures that a unit says most of.", "Girshick et al. 2014", Place::feature,
       {stage_option(5), unit_option(), row_option(), column_option(), {"crop", "what the network is shown: the whole picture; or a region, both sides stretched alike with background around, or each as needed", 0, 0, 2, 1, {"none", "letterbox", "warp"}},
        {"proposals", "which regions: windows of three sizes and shapes, or boxes around superpixels and what becomes of them when they are joined", 0, 0, 1, 1, {"windows", "superpixels"}},
        {"count", "how many at most", 24, 1, 200, 1}, {"images", "how many training pictures are searched", 100, 1, 1000, 1}, {"overlap", "of two regions of a picture that overlap by more, the larger number stays", 0.3, 0, 1}}, regions::compute, regions::layout, "planted", Reads::pictures},
      {"trust", "Trust meter", "What can be measured of a map, beside maps that know nothing, and whether it changes when the network is destroyed.", "Adebayo et al. 2018", Place::feature,
       with_targets({explainer_option(), {"steps", "of the curves", 32, 2, 256, 1}, fill_option(Fill::background)}), trust::compute, trust::layout, "planted", Reads::pictures},
      {"compare", "Compare", "Pictures and what explains them side by side: methods, layers, rules, moments of training or two networks.", "Zeng 2016", Place::feature,
       with_targets({{"columns", "what is compared: methods; or of one method layers, rules of relevance, moments of training, or two networks", 0, 0, 4, 1, {"methods", "layers", "rules", "moments", "networks"}},
                     {"which", "of the methods: those of the survey's figure 4.11, those that are quick, or all", 1, 0, 2, 1, {"survey", "quick", "all"}}, explainer_option(), {"rows", "how many pictures: the chosen one and those after it", 3, 1, 12, 1},
                     {"range", "what the colours span: each map alone, a row, a column, or all maps", 0, 0, 3, 1, {"each", "row", "column", "all"}},
                     {"under", "what is written under each map: areas under its curves, or where there are masks, whether it points inside and how much of it lies there", 0, 0, 4, 1, {"deletion", "insertion", "points", "mass", "nothing"}},
                     {"cell", "the map that is shown large, counted from 1 row by row; 0: all", 0, 0, 1000, 1}}), compare::compute, compare::layout, "planted", Reads::pictures},
      {"text-heatmap", "Text heat map", "Text coloured by what one cell says, all cells by how well they follow a property of the text, and what is expected next.", "Karpathy, Johnson and Fei-Fei 2015", Place::feature,
       {property_option(), cell_option(), from_option(), length_option(1000), {"place", "which of the symbols is looked at, counted from the first that is read; 0 for none", 0, 0, 20'000, 1},
        {"next", "how many of the likeliest next symbols are below each", 3, 0, 5, 1}}, text_heatmap::compute, text_heatmap::layout, "latch", Reads::texts},
      {"sample", "Sample", "A text that the network writes, coloured by how certain it was of each symbol, with what else could have stood there.", "Karpathy 2015", Place::process,
       {{"temperature", "below 1 only the likely is drawn, above 1 the unlikely more often", 1, 0, 2}, {"draw", "another number draws another text", 1, 1, 1000, 1}, from_option(), {"prime", "how many symbols of the text are read before", 20, 1, 1000, 1},
        {"length", "how many symbols are written", 600, 1, 5'000, 1}, {"next", "how many of the likeliest symbols are below each", 3, 0, 5, 1}}, sample::compute, sample::layout, "latch", Reads::texts},
      {"lstmvis", "Patterns of cells", "All cells over time, those that are on in a range of the text, and where else they are on together.", "Strobelt et al. 2016", Place::relationship,
       {{"place", "where the range begins, a symbol of the text counted from 1; 0: where the property first begins among those that test", 0, 0, 1e8, 1}, {"range", "how many symbols it is long", 4, 1, 100, 1}, {"threshold", "from which value on a cell is on", 0.3, 0.01, 1}, {"before", "1: a cell must be off at the symbol before", 1, 0, 1, 1},
        {"after", "1: and at the symbol behind", 0, 0, 1, 1}, {"signs", "1: cells that are low, below minus the threshold, count too", 1, 0, 1, 1}, {"signal", "what is compared: the state h, or the cell tanh(C)", 1, 0, 1, 1, {"state", "cell"}}, property_option(),
        {"search", "how many symbols are searched", 1, 0, 3, 1, {"5000", "20000", "100000", "1000000"}}}, lstmvis::compute, lstmvis::layout, "latch", Reads::texts},
      {"saturation", "Saturated gates", "How much of the time every gate is nearly shut or nearly open.", "Karpathy, Johnson and Fei-Fei 2015", Place::feature,
       {from_option(), length_option(2000), cell_option()}, saturation::compute, saturation::layout, "latch", Reads::texts},
      {"errortypes", "Error types", "The characters that were not foreseen, by what would have helped, and n-gram models beside.", "Karpathy, Johnson and Fei-Fei 2015", Place::process,
       {from_option(), length_option(2000), {"type", "the type whose characters alone are marked, as the bars count; 0: all", 0, 0, 15, 1},
        {"against", "grey bars: this network after so many per cent of its steps, or that of --run2; 0: none of these moments", 0, 0, 99, 1}}, errortypes::compute, errortypes::layout, "latch", Reads::texts},
      {"notes", "Notes", "The text that the experiment brings along: what the data are, what to press, what to look for.", "Smilkov and Carter 2016", Place::process,
       {}, notes::compute, notes::layout, "circle", Reads::anything, notes::height},
      {"unrolled", "Unrolled network", "A recurrent network step by step, and the inside of its cell at one of them, with all numbers and equations.", "Zeng 2016", Place::process,
       {from_step_option(), {"length", "how many steps at most", 30, 2, 500, 1}, {"place", "which step is enlarged, counted from the first that is shown", 4, 1, 500, 1}, recurrent_unit_option(),
        {"gate", "whose sum is written out term by term; where the cell has none of that name, its first", 0, 0, 7, 1, {"forget", "input", "candidate", "output", "cell", "state", "reset", "update"}}}, unrolled::compute, unrolled::layout, "latch", Reads::sequences},
      {"states", "States over time", "What every unit of a recurrent network holds at every step: its state, its cell or one of its gates.", "Zeng 2016", Place::feature,
       {{"signal", "what is shown: the state h, the cell C of an LSTM, or one of the gates", 0, 0, 7, 1, {"state", "cell", "forget", "input", "candidate", "output", "reset", "update"}}, {"order", "of the units, from the top: as they are, by the step at which they are strongest, or each beside the one most like it", 0, 0, 2, 1, {"as they are", "by when", "by likeness"}},
        from_step_option(), {"length", "how many steps at most", 60, 2, 2'000, 1}, recurrent_unit_option()}, states::compute, states::layout, "latch", Reads::sequences},
      {"lag", "Gradient against lag", "How much of the gradient of the last answer is left so many steps before, by back-propagation through time.", "Hochreiter 1991", Place::process,
       {{"show", "the share of what there is at lag 0, or the norm itself", 0, 0, 1, 1, {"share", "norm"}}, {"signal", "with respect to what: the state h, or where there is one the cell C", 0, 0, 1, 1, {"state", "cell"}}, {"layer", "which recurrent layer, counted from 1; 0: the last", 0, 0, 20, 1},
        {"lags", "how many steps back at most", 50, 2, 400, 1}, {"examples", "how many sequences at most, or windows of a text", 50, 1, 500, 1}}, lag::compute, lag::layout, "latch", Reads::sequences},
  };
  static const std::vector<Method> all = [] {
    std::vector<Method> both = others;
    for (const Explainer& explainer : explainers()) both.push_back(method_of(explainer));  // the table of explainers.cpp
    return both;
  }();
  return all;
}
// clang-format on

}  // namespace viz
