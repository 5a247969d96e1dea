# What can be made here. Each line calls a script that can be read and run by itself.
.DEFAULT_GOAL := help
.PHONY: help run build install test test-swift test-end-to-end drill soak bench fuzz format lint clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install what is missing, build, and run the demonstration (Ctrl-C stops it)
	@Deploy/demonstration

build: ## build the release program into .build-release/release/hemicycle
	@Deploy/install-packages build
	@Deploy/fetch-browser-files
	swift build --configuration release --product hemicycle --scratch-path .build-release

install: ## put the release program, its files and its service in place (DESTDIR=FOLDER: below that folder)
	@DESTDIR=$(DESTDIR) Deploy/install

test: ## every test: Swift Testing, then end to end with real clients
	@Tests/run

test-swift: ## Swift Testing only
	@Tests/run swift

test-end-to-end: ## end to end only (ARGUMENTS='-k removal' chooses)
	@Tests/run end-to-end $(ARGUMENTS)

drill: ## kill it and cut its power at a hundred random moments each (ARGUMENTS='--moments 10 --seed 7')
	@Tests/run drill $(ARGUMENTS)

soak: ## a live session through faults, for DURATION=10m, on a schedule from SEED=1
	@Tests/run soak --duration $(or $(DURATION),10m) $(if $(SEED),--seed $(SEED))

bench: ## measure: requests and viewers beside nginx, viewers by WebRTC beside a bare loop, recording beside ffmpeg, start-up, idle memory
	@Benchmarks/run

fuzz: ## fuzz each parser for a bounded time
	@Fuzz/run

format: ## rewrite the Swift sources in the house's format
	swift format format --in-place --parallel --recursive Package.swift Sources Tests $(wildcard Fuzz Benchmarks)

lint: ## check format, scripts, styles, catalogues and layers; changes nothing
	@Tests/lint

clean: ## remove what was built (not the data)
	rm -rf .build .build-release .build-fuzz .venv
