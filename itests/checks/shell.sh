# Checks of the shell on a terminal (tmux) and without one, sourced by run.

# a terminal of its own: no settings and no server of the user's
terminal() { tmux -L "imaging-check-$$" -f /dev/null "$@"; }
press() { terminal send-keys -t shell -- "$@"; }
screen() { terminal capture-pane -p -t shell -S -200; }
# sees WHAT REGEX [SECONDS]: passes once the screen has a line that matches
sees() {
  local what=$1 regex=$2 left=$((${3:-20} * 10))
  until screen >"$work/out" && grep -qE -- "$regex" "$work/out"; do
    left=$((left - 1))
    if [ $left -le 0 ]; then bad "$what: the screen never showed $regex"; return; fi
    sleep 0.1
  done
  ok "$what"
}
wipe() { press C-l; terminal clear-history -t shell; }

check_shell() {
  local folder=$work/shell
  mkdir -p "$folder"
  export XDG_STATE_HOME=$folder/state IMAGINGUTILITY_DATA=$folder/data
  head -c 64M /dev/urandom >"$folder/v.raw"
  (
    cd "$folder" || exit 1
    # a script ends with the exit code of the command that failed; what stands behind it is not run
    printf 'info --in none.skzimg\necho never\n' >fails.gogo
    printf 'echo first is $1\nimage --device v.raw --out 1e5 --max-bytes 4M\n' >works.gogo
  )
  cd "$folder" || return
  expect 3 "a script ends with the exit code of the command that failed" "$imaging" shell fails.gogo
  that "... and runs nothing behind it" test "$(grep -c never "$work/out")" = 0
  expect 0 "a script gets its arguments" "$imaging" shell works.gogo 007
  says "... as they were typed" "first is 007"
  that "a file's name is taken as it was typed" test -s 1e5
  expect 0 "a one-liner; a job, detached, and the wait for it" "$imaging" shell -c 'image --device v.raw --out d.skzimg --detach; watch; jobs'
  says "it lists the job" "DONE"
  expect 3 "a line from a pipe" bash -c "printf 'info --in none.skzimg\necho after\n' | '$imaging' shell"
  says "... that fails does not stop the next" "after"
  expect 7 "exit takes an exit code" "$imaging" shell -c 'exit 7; echo never'
  expect 1 "a command that is misspelt" "$imaging" shell -c 'imgae --device x'
  says "... gives the nearest" "Did you mean image?"
  if ! has tmux; then skip "shell on a terminal" "tmux is not installed"; cd "$root" || return; clean; return; fi

  terminal new-session -d -s shell -x 120 -y 40 "unset IMAGINGUTILITY_PLAIN; '$imaging' shell; echo exit code \$?; sleep 60"
  sees "the prompt" '^imaging> *$' 60
  press 'plug' Tab; press '| grep codec.zs' Enter
  sees "Tab completes a command, and its output goes to another" '^codec +zstd +1 '
  press 'image --dev' Tab; press 'v.r' Tab; press '--out a.skzimg --codec zs' Tab
  sees "Tab completes option, file and codec" '^imaging> image --device v.raw *--out a.skzimg --codec zstd'
  press '--max-throughput 4M --detach' Enter
  sees "a detached job gives its number" '^job 3'
  sees "... and the prompt counts it" '^imaging\(1\)> *$'
  wipe
  press 'image --device v.raw --out b.skzimg --max-throughput 4M' Enter
  sees "a job in the foreground shows a bar" 'Imaging v.raw \[[#.]*\] +[0-9.]+%'
  press C-c
  sees "Ctrl+C cancels it and says how to go on" '"resume 4" goes on with job 4'
  sees "... and the shell goes on, with the other job" '^imaging\(1\)> *$'
  wipe
  press 'resume 4' Enter
  sees "it goes on" '^job 4 .*RUNNING'
  press 'watch' Enter
  sees "watch has a bar for each: the first" '^3 image v.raw \[[#.]*\] +[0-9.]+%'
  sees "... and the second" '^4 image v.raw (\[[#.]*\] +[0-9.]+%|: RUNNING)'
  press C-c
  sees "Ctrl+C ends the watching, not the jobs" '^imaging\(2\)> *$'
  wipe
  press 'pause 3' Enter
  sees "pause" '^job 3 .*PAUSED'
  press 'resume 3' Enter
  sees "resume" '^job 3 .*RUNNING'
  press 'parallel 3 1' Enter
  sees "the number of workers" '^job 3 .*1 worker'
  press 'cancel 3' Enter
  sees "cancel" '^job 3 .*CANCELLED'
  wipe
  # the native code below --discard, which the terminal could use as well
  press "refresh $("$imaging" shell -c 'lb -s' | sed -n 's/^ *\([0-9]*\)|.*com\.sun\.jna .*/\1/p'); echo refreshed" Enter
  sees "JNA is refreshed" '^refreshed'
  sleep 2
  press 'plugins | grep device' Enter
  sees "... and the terminal is still there" '^device provider +file '
  wipe
  press C-d
  sees "Ctrl+D asks while a job runs" '1 job is running. Leave and interrupt it'
  press n Enter
  sees "... and stays" '^imaging\(1\)> *$'
  wipe
  press 'felix:stop 0' Enter
  sees "so does stop 0, by its full name too" '1 job is running. Leave'
  press n Enter
  sees "... and nothing was stopped" '^imaging\(1\)> *$'
  press 'exit 5' Enter
  sees "so does exit" '1 job is running. Leave'
  press y Enter
  sees "it leaves with the exit code given" '^exit code 5' 40
  terminal kill-server
  # a distribution of another name
  cp -r "$("$imaging" --version >/dev/null 2>&1; ls -d "$root"/distribution/target/imaging-*/ | head -1)" "$folder/named"
  printf 'command = acme\nproduct = Acme Image\nversion = 9.1\nbanner = For friends\n' >"$folder/named/conf/branding.properties"
  mv "$folder"/named/bundles/org.imagingutility.codec-compress-*.jar "$folder/codec.jar"
  terminal new-session -d -s shell -x 80 -y 24 "IMAGING_NO_CLASS_ARCHIVE=1 '$folder/named/bin/imaging' shell; sleep 60"
  sees "a shell of another name says so" '^Acme Image 9.1\. "help" lists' 60
  sees "... with its banner" '^For friends$'
  sees "... and asks by it" '^acme> *$'
  mv "$folder/codec.jar" "$folder/named/deploy/"
  sees "a jar in deploy/ is told of" '^deploy: org.imagingutility.codec.compress [0-9.]+ is started' 60
  rm "$folder/named/deploy/codec.jar"
  sees "... and that it is gone" '^deploy: org.imagingutility.codec.compress [0-9.]+ is removed' 60
  press 'nothing' Enter
  sees "messages have the name" '^acme: there is no command "nothing"'
  press C-d
  terminal kill-server 2>/dev/null
  that "the history is kept" grep -q 'parallel 3 1' "$folder/state/imagingutility/history"
  expect 0 "the next process lists the job" "$imaging" jobs
  says "... as interrupted" "INTERRUPTED"
  expect 0 "... and goes on with it" "$imaging" resume 4
  says "... from what was there" "were there already"
  expect 0 "the image is whole" "$imaging" verify --in b.skzimg

  # both the system and bash say SIGHUP when a terminal is closed
  terminal new-session -d -s shell -x 120 -y 40 "bash --norc -i"
  press "unset IMAGINGUTILITY_PLAIN; '$imaging' shell" Enter
  sees "a shell in a shell" '^imaging> *$' 60
  press 'image --device v.raw --out c.skzimg --max-throughput 1M --detach' Enter
  sees "... with a job" '^job 5'
  terminal kill-server
  local left=60
  while "$imaging" jobs | grep -q '^ *5 *RUNNING' && [ $left -gt 0 ]; do left=$((left - 1)); sleep 0.5; done
  expect 0 "its terminal is closed, the job" "$imaging" jobs
  cp "$work/out" "$work/seen" # that has $work/out for itself
  that "... was interrupted in order" grep -E '^ *5 +INTERRUPTED .* the engine was stopped' "$work/seen"
  cd "$root" || return
  unset XDG_STATE_HOME IMAGINGUTILITY_DATA
  rm -rf "$folder"
}
