# The command lines that users of the original tool have in scripts, from batch files, unchanged but for the names of devices.
# Sourced by run.
#
#   in the line                          here
#   C:  D:  E:  F:                       S:  T:  U:  S:
#   $driveLetter:  $outputFile           S:  Backup_S.skzimg
#   --disk 0  1  2  3                    --disk 9  8  9  8
#   \\.\PhysicalDrive0  1  2             \\.\PhysicalDrive9  8  9
#   "D:\Backups\  (a folder)             "C:\work\Backups\
# Those of PowerShell (a loop over Win32_LogicalDisk) are run by a loop of cmd: Wine has no PowerShell.

original_line() {
  sed -E 's#--out "D:\\Backups#--out "C:\\work\\Backups#
    s#--device "[CF]:"#--device "S:"#; s#--device "D:"#--device "T:"#; s#--device "E:"#--device "U:"#
    s#\$driveLetter:#S:#; s#\$outputFile#Backup_S.skzimg#
    s#--disk [02]#--disk 9#; s#--disk [13]#--disk 8#
    s#PhysicalDrive[02]#PhysicalDrive9#; s#PhysicalDrive1#PhysicalDrive8#; s#C:\\Backups#C:\\work\\Backups#' <<<"$1"
}

# run_originals FOLDER: runs the lines of its file "lines" there, one batch file for all, and leaves "NUMBER CODE" in "codes"
run_originals() {
  local folder=$1 number=0 line
  mkdir -p "$folder"
  {
    printf '@echo off\r\nset PATH=C:\\imaging\\bin;%%PATH%%\r\nset BACKUP_DIR=C:\\work\\Backups\r\nset DATE=2026-11-30\r\n'
    while IFS= read -r line; do
      number=$((number + 1))
      # nothing is resumed but what the line before left
      [[ $line == *--resume* || $line == *\ verify\ * ]] || printf 'del /q *.skzimg *.partial 2>nul\r\nrmdir /s /q C:\\work\\Backups 2>nul\r\nmkdir C:\\work\\Backups\r\n'
      [[ $line == *--resume* || $line != *'\\Server\'* ]] || printf 'del /q \\\\Server\\Backups\\*.skzimg 2>nul\r\n'
      # verify wants an image
      [[ $line != *\ verify\ * ]] || printf 'if not exist C_backup.skzimg ImagingUtility.exe image --device "S:" --out "C_backup.skzimg" >nul 2>nul\r\n'
      printf 'echo ** %d >>log\r\n%s >>log 2>&1\r\n' $number "$line"
      printf 'echo %d %%ERRORLEVEL%% >>codes\r\n' $number
    done <"$folder/lines"
  } >"$folder/run.cmd"
  (as_user; cd "$folder" && exec wine cmd /c run.cmd) >"$folder/out" 2>&1 </dev/null
}

# those to run: all; with ORIGINAL=N every Nth that does not verify, with ORIGINAL=TEXT those with the text in them
originals() {
  case ${ORIGINAL:-1} in
    *[!0-9]*) grep -F -- "$ORIGINAL" "$here/cases/original-commands.txt" ;;
    *) grep -v ' verify ' "$here/cases/original-commands.txt" | awk -v n="${ORIGINAL:-1}" 'NR % n == 0'
      grep ' verify ' "$here/cases/original-commands.txt" ;;
  esac
}

check_original_commands() {
  local number=0 line code
  mkdir -p "$WINEPREFIX/dosdevices/unc/server/backups" o
  rm -f "$WINEPREFIX"/dosdevices/unc/server/backups/*
  originals | while IFS= read -r line; do original_line "$line"; done >o/lines
  run_originals "$PWD/o"
  while IFS= read -r line; do
    number=$((number + 1))
    code=$(tr -d '\r' <o/codes | sed -n "s/^$number \([0-9]*\).*/\1/p")
    tr -d '\r' <o/log | awk -v n="$number" '/^\*\* / { on = $2 == n; next } on' >"$out"
    if [ "$code" = 0 ]; then ok "$line"; else bad "$line: exit code ${code:-none}, expected 0"; fi
  done <o/lines
  that "the images on the server are there" ls "$WINEPREFIX"/dosdevices/unc/server/backups/C_backup.skzimg
}

# what else the original has, in its words
check_original_others() {
  expect 0 "list" imaging list
  expect 0 "image of two volumes" imaging image --volumes 'S:,T:' --out-dir 'C:\work\Volumes' --use-vss
  that "... with an image of each" test -s Volumes/S.skzimg -a -s Volumes/T.skzimg
  expect 0 "backup-disk" imaging backup-disk --disk 9 --out-dir 'C:\work\Set' --all-blocks
  expect 0 "verify-set" imaging verify-set --set-dir 'C:\work\Set'
  expect 0 "restore-set" imaging restore-set --set-dir 'C:\work\Set' --out-raw 'C:\work\disk.raw'
  that "... is the drive" cmp disk.raw "$disks/disk9.img"
  truncate -s 200M "$disks/disk7.img"
  driver '\\.\SkzControl' reload >/dev/null
  expect 0 "restore-physical" imaging restore-physical --set-dir 'C:\work\Set' --disk 7 --force
  that "... is the drive" cmp "$disks/disk7.img" "$disks/disk9.img"
  expect 0 "export-raw" imaging export-raw --in 'Volumes\S.skzimg' --out s.raw
  expect 0 "export-vhd" imaging export-vhd --in 'Volumes\S.skzimg' --out s.vhd
  expect 0 "export-range" imaging export-range --in 'Volumes\S.skzimg' --offset 1048576 --length 4096 --out s.part
  that "... is a range of what export-raw made" bash -c 'cmp <(tail -c +1048577 s.raw | head -c 4096) s.part'
  expect 0 "dump-pt" imaging dump-pt --device '\\.\PhysicalDrive9' --out pt.bin
}

# the loop of the PowerShell script, as cmd writes it
check_original_loop() {
  expect 0 "a loop over letters, variables in quoted paths" in_cmd 'set BACKUP_DIR=C:\work\My Backups' 'mkdir "%BACKUP_DIR%"' \
    'for %%d in (S T) do (' \
    '  C:\imaging\bin\ImagingUtility.exe image --device "%%d:" --out "%BACKUP_DIR%\Backup_%%d.skzimg" --use-vss' \
    '  if errorlevel 1 exit /b 1' \
    ')' \
    'for %%d in (S T) do (' \
    '  C:\imaging\bin\ImagingUtility.exe verify --in "%BACKUP_DIR%\Backup_%%d.skzimg"' \
    '  if errorlevel 1 exit /b 1' \
    ')' 'exit /b 0'
  that "both images are there" test -s 'My Backups/Backup_S.skzimg' -a -s 'My Backups/Backup_T.skzimg'
}
