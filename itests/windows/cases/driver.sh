# The driver itself, by a plain Win32 program. Sourced by run.

check_driver() {
  expect 0 "driver and hook keep the rules of Windows" wine 'C:\rig\t_disk.exe'
  tail -n 1 "$out"
}
