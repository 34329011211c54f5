# acsync: `make run` and `make test` need nothing but a Swift toolchain on Debian or Ubuntu.

.DEFAULT_GOAL := help
.PHONY: help run build test soak bench docs check-deploy lint format install uninstall clean dependencies

# The toolchain may lie outside of PATH.
export PATH := $(PATH):/opt/swift/usr/bin:$(HOME)/.local/share/swiftly/bin

PREFIX ?= /usr/local
SHELL := /bin/bash

# Tests under way at once. All at once, as is usual, starves single ones for minutes on a small machine:
# they wait for processes, servers and the clock.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 16

# Further arguments: of acsync (`make run ARGS="--streams contacts"`), and of swift.
ARGS ?=
SWIFTFLAGS ?=

# With Swift's own libraries inside, the binary runs on machines without the toolchain. lld, which comes
# with the toolchain, because the linker of Debian warns of a function that nothing of ours calls.
release := -c release --product acsync --static-swift-stdlib -Xswiftc -use-ld=lld $(SWIFTFLAGS)
swift_files := Sources Tests migrations Package.swift

help: ## Show this
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

run: build ## Sync the account in ACTIVECAMPAIGN_URL, or a simulated one (ARGS="--streams contacts")
	@scripts/run "$$(swift build $(release) --show-bin-path)/acsync" $(ARGS)

build: dependencies ## Build the release binary
	@swift build $(release)

test: dependencies ## Build and run all tests (SEED=1 repeats a failure found with that seed)
	@swift build --build-tests $(SWIFTFLAGS)
	@swift test --skip-build --disable-xctest $(SWIFTFLAGS)

soak: dependencies ## Play that many seeded histories (SEEDS=100000)
	@swift build --build-tests $(SWIFTFLAGS)
	@SEEDS=$(or $(SEEDS),100000) swift test --skip-build --disable-xctest --filter 'history by seed' $(SWIFTFLAGS)

bench: build ## Measure requests, time, memory (ARGS=requests, throttle, local, wide, history, readers: one part; BENCH_LARGE=1: a million contacts)
	@scripts/bench "$$(swift build $(release) --show-bin-path)/acsync" $(ARGS)

docs: build ## Write docs/streams.md, warehouse.md, replication.schema.json and the sources of integrations/dbt anew
	@scripts/write-docs "$$(swift build $(release) --show-bin-path)/acsync"

check-deploy: build ## Check the files below deploy/ with systemd, Kubernetes' schema and Airflow (from PyPI)
	@scripts/check-deploy "$$(swift build $(release) --show-bin-path)/acsync"

lint: ## Check the format of all Swift files
	@swift format lint --strict --recursive $(swift_files)

format: ## Format all Swift files
	@swift format format --in-place --recursive $(swift_files)

install: build ## Install binary, completions and manual page below PREFIX (/usr/local)
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" scripts/install "$$(swift build $(release) --show-bin-path)/acsync"

uninstall: ## Remove what was installed
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" scripts/install --remove

clean: ## Remove what was built
	@rm -rf .build

dependencies:
	@scripts/install-dependencies
