# Checks of places for objects that are elsewhere, sourced by run.

# listens PORT: waits until somebody does
listens() {
  for _ in $(seq 150); do (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.2; done
  return 1
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# cutting PORT BYTES TIMES: a proxy before PORT that breaks all connections whenever so many bytes more went through; sets $proxy and $proxy_pid
cutting() {
  python3 "$root/itests/checks/cutting-proxy" "$@" >"$work/cuts" 2>&1 & proxy_pid=$!
  for _ in $(seq 100); do [ -s "$work/cuts" ] && break; sleep 0.1; done
  proxy=$(head -1 "$work/cuts")
}
# random FILE BYTES SEED
random() { head -c "$2" < <(openssl enc -aes-128-ctr -pass "pass:$3" -nosalt -in /dev/zero 2>/dev/null) >"$1"; }

check_repository_s3() {
  local tool port server r=s3://backups/pc/disks count key secret cut
  for tool in moto_server curl jq openssl python3; do
    has $tool || { skip repository_s3 "$tool is not installed (moto_server: pip install 'moto[s3,iam]' flask flask-cors)"; return; }
  done
  port=$(free_port)
  # the first four calls are not asked who they are of: they make a user and a bucket
  INITIAL_NO_AUTH_ACTION_COUNT=4 moto_server -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 & server=$!
  listens "$port" || { bad "moto does not start"; kill "$server"; return; }
  local iam=(curl -sf --aws-sigv4 aws:amz:us-east-1:iam -u setup:setup "http://127.0.0.1:$port/" --data-urlencode Version=2010-05-08)
  "${iam[@]}" -d Action=CreateUser -d UserName=u >/dev/null
  "${iam[@]}" -d Action=PutUserPolicy -d UserName=u -d PolicyName=p --data-urlencode \
    'PolicyDocument={"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' >/dev/null
  "${iam[@]}" -d Action=CreateAccessKey -d UserName=u >"$work/key.xml"
  curl -sf --aws-sigv4 aws:amz:us-east-1:s3 -u setup:setup -X PUT "http://127.0.0.1:$port/backups" >/dev/null
  key=$(sed -n 's:.*<AccessKeyId>\(.*\)</AccessKeyId>.*:\1:p' "$work/key.xml") secret=$(sed -n 's:.*<SecretAccessKey>\(.*\)</SecretAccessKey>.*:\1:p' "$work/key.xml")
  that "moto has a user" test -n "$key" -a -n "$secret"
  mkdir -p "$work/aws"
  printf '[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n[wrong]\naws_access_key_id = %s\naws_secret_access_key = %s\n' \
    "$key" "$secret" "$key" "not-the-secret" >"$work/aws/credentials"
  printf '[default]\nendpoint_url = http://127.0.0.1:%s\n[profile wrong]\nendpoint_url = http://127.0.0.1:%s\n' "$port" "$port" >"$work/aws/config"
  local -x AWS_SHARED_CREDENTIALS_FILE="$work/aws/credentials" AWS_CONFIG_FILE="$work/aws/config"
  random "$work/v.img" 24000000 1

  expect 0 "init" "$imaging" repository init --repository "$r"
  expect 1 "a second init is refused" "$imaging" repository init --repository "$r"
  expect 0 "first run" "$imaging" image --device "$work/v.img" --all-blocks --repository "$r" --name pc --frame-size 1M --verify
  expect 0 "info" "$imaging" repository info --repository "$r" --json
  count=$(jq '.frames' "$work/out")
  expect 0 "second run" "$imaging" image --device "$work/v.img" --all-blocks --repository "$r" --name pc --frame-size 1M
  expect 0 "info again" "$imaging" repository info --repository "$r" --json
  that "nothing new was stored" test "$(jq '.frames' "$work/out")" = "$count"
  expect 0 "images" "$imaging" images --repository "$r" --json
  that "two images" test "$(jq '.images | length' "$work/out")" = 2
  expect 0 "verify" "$imaging" verify --in "$r#pc"
  expect 0 "restore" "$imaging" restore --in "$r#pc" --device "$work/v.raw"
  that "the same" cmp "$work/v.img" "$work/v.raw"
  expect 0 "check of all data" "$imaging" repository check --repository "$r" --read-data all

  expect 2 "wrong credentials" "$imaging" images --repository s3://wrong@backups/pc/disks
  says "... are said" "SignatureDoesNotMatch"
  says "... with whose they are" 'profile "wrong"'
  that "... without the secret" test "$(grep -c not-the-secret "$work/out")" = 0
  expect 2 "wrong credentials for an image in it" "$imaging" verify --in "s3://wrong@backups/pc/disks#pc"
  expect 2 "credentials that are nowhere" "$imaging" images --repository s3://nobody@backups/pc/disks
  expect 3 "a bucket that is not there" "$imaging" repository init --repository s3://none-such/x
  says "... is said" "NoSuchBucket"
  expect 3 "a bucket that is not there has no images" "$imaging" image --device "$work/v.img" --repository s3://none-such/x --name pc

  # connections that break: only what was on its way is sent again
  cutting "$port" 7000000 4
  random "$work/w.img" 32000000 2
  expect 0 "a run with connections that break" env AWS_ENDPOINT_URL="http://127.0.0.1:$proxy" \
    "$imaging" image --device "$work/w.img" --all-blocks --repository "$r" --name broken --frame-size 1M
  expect 0 "restore with connections that break" env AWS_ENDPOINT_URL="http://127.0.0.1:$proxy" \
    "$imaging" restore --in "$r#broken" --device "$work/w.raw"
  that "the same" cmp "$work/w.img" "$work/w.raw"
  cut=$(grep -c '^cut' "$work/cuts")
  that "connections did break: $cut" test "$cut" = 4
  that "and the log has no secret" test "$(grep -rlF -- "$secret" "$work" | grep -cv 'credentials$\|key.xml$')" = 0
  # nobody there at all: the error comes by itself
  kill "$proxy_pid"; wait "$proxy_pid" 2>/dev/null
  expect 3 "a server that is not there" env AWS_ENDPOINT_URL="http://127.0.0.1:$proxy" "$imaging" images --repository "$r"
  says "... is said" "cannot be reached"
  kill "$server"; wait "$server" 2>/dev/null
}

check_repository_sftp() {
  local tool port r home="$work/sftp" count server cut
  for tool in ssh-keygen ssh-keyscan openssl python3 jq; do has $tool || { skip repository_sftp "$tool is not installed"; return; }; done
  [ -x /usr/sbin/sshd ] || { skip repository_sftp "sshd is not installed (openssh-server)"; return; }
  [ "$(id -u)" = 0 ] || { skip repository_sftp "sshd needs root"; return; }
  port=$(free_port)
  mkdir -p "$home/keys" "$home/full" "$home/place" /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f "$home/host"; ssh-keygen -q -t ed25519 -N '' -f "$home/keys/id"
  # sshd has its words in quotes where they have blanks
  printf 'Port %s\nListenAddress 127.0.0.1\nHostKey "%s/host"\nAuthorizedKeysFile "%s/keys/id.pub"\nStrictModes no\nPidFile none\nSubsystem sftp internal-sftp\nUsePAM no\nPermitRootLogin yes\n' \
    "$port" "$home" "$home" >"$home/config"
  /usr/sbin/sshd -D -f "$home/config" -E "$home/log" & server=$!
  listens "$port" || { bad "sshd does not start"; kill "$server"; return; }
  ssh-keyscan -p "$port" 127.0.0.1 >"$home/known" 2>/dev/null
  mkdir -p "$home/conf"
  printf 'sftp.known-hosts = %s\nsftp.identity = %s\n' "$home/known" "$home/keys/id" >"$home/conf/org.imagingutility.blobs.sftp.cfg"
  # IMAGING_JAVA_OPTS is split at blanks
  ln -sfn "$home/conf" /tmp/imaging-checks-sftp-$$; local -x IMAGING_JAVA_OPTS=-Dimaging.conf=/tmp/imaging-checks-sftp-$$
  r=sftp://root@127.0.0.1:$port$home/place
  random "$work/v.img" 24000000 1

  expect 0 "init" "$imaging" repository init --repository "$r"
  expect 0 "first run" "$imaging" image --device "$work/v.img" --all-blocks --repository "$r" --name pc --frame-size 1M --verify
  count=$(repository_frames "$home/place")
  expect 0 "second run" "$imaging" image --device "$work/v.img" --all-blocks --repository "$r" --name pc --frame-size 1M
  that "nothing new was stored" test "$(repository_frames "$home/place")" = "$count"
  expect 0 "verify" "$imaging" verify --in "$r#pc"
  expect 0 "restore" "$imaging" restore --in "$r#pc" --device "$work/v.raw"
  that "the same" cmp "$work/v.img" "$work/v.raw"
  expect 0 "the same repository as a folder" "$imaging" repository check --repository "$home/place" --read-data all

  expect 2 "a user who is not let in" "$imaging" images --repository "sftp://nobody@127.0.0.1:$port$home/place"
  expect 2 "a server that is not known" "$imaging" images --repository "sftp://root@localhost:$port$home/place"
  says "... with what to do" "ssh-keyscan"
  if mount -t tmpfs -o size=8m none "$home/full" 2>/dev/null; then
    expect 0 "init on a small disk" "$imaging" repository init --repository "sftp://root@127.0.0.1:$port$home/full/r"
    expect 6 "a full disk" "$imaging" image --device "$work/v.img" --all-blocks --repository "sftp://root@127.0.0.1:$port$home/full/r" --name pc --frame-size 1M
    says "... is said" "no room is left"
    that "... and nothing of what did not fit stays" test -z "$(find "$home/full" -name '.*.put')"
    umount "$home/full"
  else
    skip repository_sftp "no file system can be mounted"
  fi

  cutting "$port" 7000000 4
  sed "s/:$port\]/:$proxy]/; s/]:$port /]:$proxy /" "$home/known" >>"$home/known2"; cat "$home/known2" >>"$home/known"
  random "$work/w.img" 32000000 2
  expect 0 "a run with connections that break" "$imaging" image --device "$work/w.img" --all-blocks \
    --repository "sftp://root@127.0.0.1:$proxy$home/place" --name broken --frame-size 1M
  expect 0 "restore with connections that break" "$imaging" restore --in "sftp://root@127.0.0.1:$proxy$home/place#broken" --device "$work/w.raw"
  that "the same" cmp "$work/w.img" "$work/w.raw"
  cut=$(grep -c '^cut' "$work/cuts")
  that "connections did break: $cut" test "$cut" -ge 1
  kill "$proxy_pid" "$server"; wait "$proxy_pid" "$server" 2>/dev/null
  rm -f /tmp/imaging-checks-sftp-$$
}
