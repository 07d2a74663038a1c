@echo off
rem Runs one command of ImagingUtility: imaging COMMAND [options]
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem the runtime that came along goes first
if exist "%HOME_DIR%\runtime\bin\java.exe" set "JAVA=%HOME_DIR%\runtime\bin\java"
set "VERSION="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2>&1" ^| findstr /i /c:" version "') do if not defined VERSION set "VERSION=%%~v"
if not defined VERSION (
  echo %~n0: no Java found: install Java 17 or later, or set JAVA_HOME 1>&2
  exit /b 70
)
for /f "delims=.+-" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo %~n0: "%JAVA%" is Java %VERSION%, but Java 17 or later is needed: set JAVA_HOME 1>&2
  exit /b 70
)
set "OPTIONS=-Xlog:disable"
if %MAJOR% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
rem commands that end at once gain nothing from the optimising compiler
for %%c in (list info plugins dump-pt jobs job watch pause cancel parallel forget config log-level help --help -h --version -V) do if "%~1"=="%%c" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1"
rem conf\jvm.options as an argument file: one option a line, comments begin with #
"%JAVA%" "@%HOME_DIR%\conf\jvm.options" %OPTIONS% %IMAGING_JAVA_OPTS% "-Dimaging.home=%HOME_DIR%" -jar "%HOME_DIR%\lib\launcher.jar" %*
exit /b %ERRORLEVEL%
