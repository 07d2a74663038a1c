@echo off
rem Runs ImagingUtility from its sources: builds the distribution where it is missing, then runs it.
setlocal
set "ROOT=%~dp0"
set "PROGRAM="
for /d %%d in ("%ROOT%distribution\target\imaging-*") do set "PROGRAM=%%d\bin\imaging.cmd"
if defined PROGRAM goto run
where mvn >nul 2>nul
if errorlevel 1 (
  echo imaging: the distribution must be built first, but Maven ^(mvn^) is not on the PATH 1>&2
  exit /b 70
)
echo imaging: building the distribution ^(once; takes a minute^) ... 1>&2
pushd "%ROOT%"
call mvn -q -B -DskipTests -pl distribution -am package 1>&2
if errorlevel 1 (
  popd
  echo imaging: the build failed ^(above^) 1>&2
  exit /b 70
)
popd
for /d %%d in ("%ROOT%distribution\target\imaging-*") do set "PROGRAM=%%d\bin\imaging.cmd"
:run
call "%PROGRAM%" %*
exit /b %ERRORLEVEL%
