# What version 0.1.0 did wrong on Windows, each as somebody met it. Sourced by run.

check_eleven_faults() {
  local name long code
  head -c 12M /dev/urandom >v.raw
  imaging plugins >"$out" 2>&1 # so that what follows finds an archive of classes, and starts one Java each

  say "        1. locks are mandatory"
  start image --device v.raw --out k.skzimg --frame-size 256K --chunk-size 1M --max-throughput 2M
  that "a job is killed" eval 'await 120 enough k.skzimg.partial 2097152 && kill_job'
  expect 0 "image --resume" imaging image --device v.raw --out k.skzimg --frame-size 256K --chunk-size 1M --resume
  expect 0 "restore --verify" imaging restore --in k.skzimg --device r.raw --verify
  that "... is the file" cmp v.raw r.raw
  expect 0 "backup-disk --verify" imaging backup-disk --device v.raw --out-dir set --all-blocks --verify
  expect 0 "restore-set --verify" imaging restore-set --set-dir set --out-raw s.raw --verify
  that "... is the file" cmp v.raw s.raw

  say "        2. a file that takes a name is another one"
  start image --device v.raw --out n.skzimg --frame-size 256K --chunk-size 1M --max-throughput 2M
  await 120 enough n.skzimg.partial 1048576
  # by the file system of the host, where an open file can be replaced; the hook lets the second have the time of the first
  cp n.skzimg.partial other && touch -r n.skzimg.partial other && mv other n.skzimg.partial
  wait "$job"; code=$?
  says "a file that takes the place of the one that is written is seen" "another file"
  that "... exit code 6 ($code)" test $code = 6
  that "... and no image has the name" test ! -e n.skzimg
  rm -f n.skzimg.partial

  say "        3. reads from the medium, and files that are closed"
  printf '%s\n' 'image --device v.raw --out m.skzimg --verify' 'image --device v.raw --out m.skzimg --force --verify' \
    'verify --in m.skzimg --uncached' 'image --device v.raw --out m.skzimg --force' >script
  expect 0 "an image that was verified is replaced in the same shell" imaging shell script
  says "... what was verified came from the medium" "from the medium, past the cache"

  say "        4. a file system that has no reads past the cache, or other sectors"
  # error 87 in the words of this system
  SKZ_SECTOR=4096 expect 0 "verify where sectors have 4096 bytes" imaging verify --in m.skzimg --uncached
  says "... past the cache" "from the medium, past the cache"
  SKZ_SECTOR=1073741824 expect 0 "verify where every read past the cache is refused" imaging verify --in m.skzimg --uncached
  says "... is done through it" "through the cache: where the image lies"

  say "        5. backslashes in the shell"
  mkdir -p users pw
  printf '%s\n' 'image --device C:\work\v.raw --out C:\work\users\x.skzimg' 'verify --in C:\work\users\x.skzimg' 'image --device v.raw --out "C:\work\pw\b c.skzimg"' >script
  expect 0 "a script with backslashes" imaging shell 'C:\work\script'
  that "... makes the files that it names" test -s users/x.skzimg -a -s "pw/b c.skzimg"
  expect 0 "a command with backslashes" imaging shell -c 'info --in C:\work\users\x.skzimg'

  say "        6. folders named proc and sys"
  mkdir -p "$c/proc/self" "$c/sys/block/sda" && echo nonsense | tee "$c/proc/self/mountinfo" "$c/proc/mounts" "$c/proc/swaps" >"$c/sys/block/sda/size"
  expect 0 "list beside them" imaging list
  that "... does not believe them" bash -c '! grep -q sda "$0"' "$out"
  expect 0 "restore over a file beside them" imaging restore --in k.skzimg --device r.raw --force
  rm -rf "$c/proc" "$c/sys"
  expect 0 "list on the drive of the host" eval '(cd / && imaging list)'
  expect 0 "restore over a file on the drive of the host" eval '(cd / && imaging restore --in "C:\\work\\k.skzimg" --device "C:\\work\\r.raw" --force)'

  say "        7. errors by number, whatever the words"
  # for a quarter of an hour
  start image --device v.raw --out l.skzimg --frame-size 256K --max-throughput 16K
  await 120 test -s l.skzimg.partial
  # the words of this system are none of Windows'
  (as_user; wine "$exe" image --device v.raw --out l.skzimg --force) >second 2>&1 </dev/null
  code=$?
  that "a file that another job writes is known by the number of the error (exit code $code)" test $code = 6
  that "... and said in words of ours" grep -q "another job is writing" second
  that "... which goes on" eval 'kill -0 "$job" && kill_job'
  if mkdir -p "$c/full" && mount -t tmpfs -o size=4m none "$c/full" 2>/dev/null; then
    expect 6 "a full file system" imaging image --device v.raw --out 'C:\full\x.skzimg'
    says "... with what to do" "free space there"
    umount "$c/full"
  else
    say "        a full file system: left out, because nothing can be mounted here"
  fi

  say "        8. redirected output"
  (as_user; wine "$exe" image --device v.raw --out p.skzimg) >shown 2>progress </dev/null
  that "no bar in a file" bash -c '! tr -d "\n" <progress | tr -s "\r" | grep -qF "[#" && ! sed "s/\r$//" progress shown | grep -q "$(printf "\r")"'

  say "        9. quotes of suggested commands"
  expect 0 "an image with a blank in its name" imaging image --device v.raw --out 'my image.skzimg'
  says "... the command that restores it is for cmd" 'zstd -d "my image.skzimg" -o'
  that "... and for nothing else" bash -c "! grep -qF \"zstd -d '\" '$out'"

  say "        10. one Java"
  expect 0 "a start by imaging.cmd" in_cmd 'set "JAVA_TOOL_OPTIONS=-Xlog:os=info:file=C:\work\java-%%p.log"' 'call "C:\imaging\bin\imaging.cmd" info --in k.skzimg'
  that "... starts one Java" eval '[ "$(ls java-*.log | wc -l)" = 1 ]'
  that "... with an archive of classes" eval 'ls "$c"/users/*/AppData/Local/imagingutility/cache/classes-*.jsa'

  say "        11. arguments and names"
  name='資料 тест é.raw' && cp v.raw "$name"
  expect 0 "a name outside of the code page" imaging image --device "C:\\work\\$name" --out 'тест.skzimg'
  that "... is that of the file" test -s 'тест.skzimg'
  expect 0 "\\\\?\\ in front of a file" imaging image --device '\\?\C:\work\v.raw' --out '\\?\C:\work\q.skzimg'
  that "... is the file" test -s q.skzimg
  long=$(printf 'd%.0s' {1..120}) && mkdir -p "$long/$long"
  expect 0 "a path of more than 260 characters" imaging image --device v.raw --out "C:\\work\\$long\\$long\\image.skzimg" --verify
  that "... is there" test -s "$long/$long/image.skzimg"
  for name in CON.skzimg NUL 'a.skzimg:b' 'x. '; do
    code=0; imaging image --device v.raw --out "$name" >"$out" 2>&1 || code=$?
    that "$name is no name of a file (exit code $code)" test $code != 0
    that "... and nothing of it is left" eval '[ -z "$(find . -maxdepth 1 -name "CON*" -o -maxdepth 1 -name "NUL*" -o -maxdepth 1 -name "a.skzimg*" -o -maxdepth 1 -name "x.*" | head -n 1)" ]'
  done
  expect 0 "list" imaging list
  that "... says no nonsense" bash -c '! grep -qi "no devices found" "$0"' "$out"
}
