# Checks of the scripts themselves, sourced by run.

# What users start has nothing that shellcheck has a word on; what developers start, no warning.
check_scripts() {
  has shellcheck || { skip scripts "shellcheck is not installed"; return; }
  that "start scripts: nothing found" shellcheck "$root/imaging" "$root/distribution/src/main/bin/imaging" "$root/distribution/src/main/windows/build.sh"
  # the parts of a check share variables with the script that sources them (2034, 2154, 1090); words that are meant to be
  # split (2046); names in folders that the checks made themselves (2010)
  that "checks, examples, benchmarks: no warning" shellcheck -s bash -S warning -e SC1090,SC2010,SC2034,SC2046,SC2154 \
    "$root/.ci/run" "$root/docs/examples/try-plugins" "$root"/bench/{run,codecs,commit,sets} "$root/itests/checks/run" "$root"/itests/checks/*.sh \
    "$root/itests/windows/run" "$root"/itests/windows/{lib,cases,rig}/*.sh
}
