#!/usr/bin/env python3
"""console.py OUTPUT REGEX COMMAND...: runs a command on a terminal of 120 columns, types Ctrl+C once what it shows matches, and
ends with its exit code. With an empty REGEX nothing is typed; @FILE:REGEX waits for a line of a file in place of what is shown. What it showed is in the file OUTPUT. 124: it did not end within ten
minutes, or never showed what was waited for."""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

def plain(data):
    """What a terminal would show: Wine's console draws each character by itself, with movements around it."""
    data = re.sub(rb"\x1b\[1?C", b" ", data)
    return re.sub(rb"\x1b\[[?0-9;]*[A-Za-z]|\r", b"", data)


output, regex, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
end = time.monotonic() + 600
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.environ["TERM"] = "xterm"
    os.execvp(command[0], command)
file = None
if regex.startswith(b"@"):
    file, regex = regex[1:].split(b":", 1)


def due():
    if file is None:
        return re.search(regex, plain(shown))
    try:
        with open(file, "rb") as log:
            return re.search(regex, log.read())
    except FileNotFoundError:
        return False


shown, typed, code = b"", not regex, None
while code is None:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            break
        shown += data
    if not typed and due():
        os.write(terminal, b"\x03")
        typed = True
    pid, status = os.waitpid(child, os.WNOHANG)
    if pid:
        code = os.waitstatus_to_exitcode(status)
    elif time.monotonic() > end:
        os.kill(child, signal.SIGKILL)
        code = 124
with open(output, "wb") as log:
    log.write(plain(shown))
sys.exit(code if typed or code == 124 else 125)
