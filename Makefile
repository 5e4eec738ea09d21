# SPDX-License-Identifier: MIT
# taipan: what people type.  The build itself is CMakeLists.txt with CMakePresets.json.
#   make          release build, build/release/taipan
#   make run      install what is missing, build, run examples/tour.py
#   make test     install what is missing, build, run all tests
#   make bench    compare the speed with BASE=python3.8 (bench/README.md); needs that interpreter
#   make install  PREFIX=/usr/local: the executable (taipan, python3.8, python3), library, headers, libpython3.8.so
PRESET ?= release
BUILD   = build/$(PRESET)
PREFIX ?= /usr/local
BASE   ?= python3.8

all: build

tools:
	@tools/install-build-tools

build: tools
	@test $(BUILD)/build.ninja -nt CMakePresets.json || cmake --preset $(PRESET)
	cmake --build --preset $(PRESET)

run: build
	$(BUILD)/taipan examples/tour.py

test: build
	ctest --test-dir $(BUILD) --output-on-failure -j 2

install: build
	cmake --install $(BUILD) --prefix $(abspath $(PREFIX)) >/dev/null

bench: build
	bench/run --base $(BASE) --test $(CURDIR)/$(BUILD)/taipan
	bench/run --dir bench/library --base $(BASE) --test $(CURDIR)/$(BUILD)/taipan
	bench/capi/run --base $(BASE) --test $(CURDIR)/$(BUILD)/taipan

check:
	tools/check_layers
	tools/check_comments
	tools/check_warnings $(BUILD)
	tools/check_symbols $(BUILD)/taipan

format:
	git ls-files 'src/*.c' 'src/*.h' | xargs clang-format -i

clean:
	rm -rf build

.PHONY: all tools build run test bench install check format clean
