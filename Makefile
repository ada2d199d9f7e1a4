# make run | test | test-long | (build) | commands | clean        REAL=double  ARCH=x86-64-v2  SAN=1  TSAN=1  WERROR=1  NO_INSTALL=1
PACKAGES = g++ pkg-config libeigen3-dev libstb-dev libboost-program-options-dev catch2 libcairo2-dev libmd4c-dev \
           libsfml-dev libtomlplusplus-dev nlohmann-json3-dev zlib1g-dev fonts-inter fonts-dejavu-core
TOOLS    = xvfb xdotool curl python3-numpy

MAKEFLAGS += $(if $(filter 0,$(MAKELEVEL)),-j$(shell nproc))
ARCH ?= native
REAL ?= float
config := $(REAL)-$(ARCH)$(if $(SAN),-san)$(if $(TSAN),-tsan)
out    := build/$(config)
suffix := $(if $(filter double,$(REAL)),-double)$(if $(SAN),-san)$(if $(TSAN),-tsan)

# GCC 12 raises these two on its own headers (PR 105651, PR 105593).
false_alarms := -Wno-restrict -Wno-maybe-uninitialized
CXXFLAGS += -std=c++20 $(if $(SAN)$(TSAN),-O1,-O3) -g1 -march=$(ARCH) -fno-math-errno -Wall -Wextra -Wshadow $(false_alarms) -pthread $(if $(CI)$(WERROR),-Werror)
CPPFLAGS += -I. -MMD -MP -isystem /usr/include/eigen3 $(if $(filter double,$(REAL)),-DGLASSBOX_DOUBLE) $(shell pkg-config --cflags-only-I cairo 2>/dev/null)
LDLIBS   += -lsfml-graphics -lsfml-window -lsfml-system -lcairo -lmd4c -lboost_program_options -lz
sanitize := $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all)$(if $(TSAN),-fsanitize=thread)
CXXFLAGS += $(sanitize)
LDFLAGS  += -pthread $(sanitize)

engine  := $(wildcard engine/*.cpp engine/*/*.cpp)
library := $(engine) $(filter-out viz/main.cpp,$(wildcard datasets/*.cpp viz/*.cpp viz/*/*.cpp))
# In double precision the engine alone is tested: what the mathematics says must not depend on the size of a number.
proofs  := main support count_allocations nets gradient_test ops_test mlp_test tape_test rules_test kernels_test kernels_elementwise_test trainer_test \
           kernels_convolve_test conv_model_test picture_ops_test recurrent_test
tests   := $(if $(filter double,$(REAL)),$(wildcard $(proofs:%=tests/%.cpp)),$(wildcard tests/*.cpp))
tested   = $(if $(filter double,$(REAL)),$(engine),$(library))
objects  = $(patsubst %.cpp,$(out)/%.o,$(1))

.PHONY: all run test test-long commands clean packages tools
all: build/glassbox$(suffix)

run: all
	build/glassbox$(suffix) window --or-pictures out

test: all build/tests$(suffix) tools
	@$(if $(filter double,$(REAL))$(SAN)$(TSAN),,$(MAKE) --no-print-directory REAL=double build/tests-double)
	tests/run.sh $(if $(filter double,$(REAL))$(SAN)$(TSAN),build/tests$(suffix),build/tests-double build/tests)

test-long: all build/tests$(suffix) tools
	tests/run.sh build/tests$(suffix) '[.long]'

build/glassbox$(suffix): $(out)/glassbox
	@ln -f $< $@
build/tests$(suffix): $(out)/tests.run
	@ln -f $< $@

$(out)/glassbox: $(call objects,viz/main.cpp) $(out)/glassbox.a
	$(CXX) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(out)/tests.run: $(call objects,$(tests) $(tested))
	$(CXX) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(out)/glassbox.a: $(call objects,$(library))
	@rm -f $@
	@ar rcs $@ $^

# The hot loops are compiled once for each instruction set and chosen at run time.
$(out)/engine/kernels/avx2.o:   CXXFLAGS += -march=x86-64-v3
$(out)/engine/kernels/avx512.o: CXXFLAGS += -march=x86-64-v4
$(out)/engine/kernels/portable.o: CXXFLAGS += -march=x86-64-v2

$(out)/%.o: %.cpp | packages
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c $< -o $@

$(out)/tests/%.o: CPPFLAGS += -DPROGRAM=\"build/glassbox$(suffix)\"

# Missing packages are installed once, before the first file is compiled.
define install
missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q ' installed$$' || echo $$p; done); \
	[ -z "$$missing" ] && exit 0; missing=$$(echo $$missing); \
	[ -z "$(NO_INSTALL)" ] || { echo "missing packages: $$missing (apt-get install $$missing)"; exit $(2); }; \
	[ $$(id -u) = 0 ] && as_root= || as_root=sudo; \
	echo "Installing what $(3) and this machine lacks: $$missing"; \
	$$as_root apt-get update -q >/dev/null && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing >/dev/null || \
	{ echo "could not install: $$missing (install them by hand, then run make again)"; exit $(2); }
endef
packages:
	@$(call install,$(PACKAGES),1,the build needs)
# Without these some tests are skipped: those of the window, of downloads, and the comparison with numpy.
tools: packages
	@$(call install,$(TOOLS),0,some tests need)

commands: compile_commands.json
compile_commands.json: Makefile
	@{ echo '['; for f in $(library) viz/main.cpp $(tests); do \
	  echo "{\"directory\": \"$(CURDIR)\", \"file\": \"$$f\", \"command\": \"$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c $$f\"},"; done | sed '$$ s/,$$//'; echo ']'; } > $@

clean:
	rm -rf build out compile_commands.json

-include $(shell find $(out) -name '*.d' 2>/dev/null)
