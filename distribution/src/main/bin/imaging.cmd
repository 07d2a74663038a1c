@echo off
rem Runs one command of ImagingUtility: imaging COMMAND [options]. All that is to do is done by the program beside this script.
setlocal DisableDelayedExpansion
set "PROGRAM=%~dpn0.exe"
if not exist "%PROGRAM%" set "PROGRAM=%~dp0ImagingUtility.exe"
if exist "%PROGRAM%" goto run
echo %~n0: there is no "%PROGRAM%": the distribution is not complete 1>&2
exit /b 70
:run
"%PROGRAM%" %*
exit /b %ERRORLEVEL%
