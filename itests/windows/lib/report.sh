# How checks say what they found. Sourced by run.

say() { printf '%s\n' "$*"; }
ok() { passed=$((passed + 1)); say "ok      $*"; }
bad() { failed=$((failed + 1)); say "FAILED  $*"; [ ! -s "$out" ] || tr -d '\r' <"$out" | tail -n 20 | sed 's/^/        | /'; }
skip() { if [ "${CI:-}" = true ]; then bad "$1: cannot run: $2"; else skipped=$((skipped + 1)); say "skipped $1: $2"; fi; }
summary() { say "$passed passed, $failed failed, $skipped skipped"; [ $failed = 0 ]; }
has() { command -v "$1" >/dev/null; }
# expect CODE WHAT COMMAND...: runs the command, its output goes to $out
expect() {
  local code=$1 what=$2 actual=0; shift 2
  "$@" >"$out" 2>&1 </dev/null || actual=$?
  if [ "$actual" = "$code" ]; then ok "$what"; else bad "$what: exit code $actual, expected $code"; fi
}
# that WHAT TEST...: passes if the test command does
that() { local what=$1; shift; if "$@" >"$out" 2>&1; then ok "$what"; else bad "$what"; fi; }
# says WHAT TEXT: what the last command said has the text in it
says() { local what=$1 text=$2; if grep -qiF -- "$text" "$out"; then ok "$what"; else bad "$what: the output does not say \"$text\""; fi; }
sha() { sha256sum <"$1" | cut -d' ' -f1; }
# await SECONDS TEST...: waits until the test command succeeds; fails when it has not within that time
await() {
  local end=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}
