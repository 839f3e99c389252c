#!/usr/bin/env bash
# Installs, once and outside the repository, what the extension tests and `npm start` need where there is no desktop
# VS Code: code-server (VS Code's own server, web workbench and node extension host) and a headless browser.
#   install-editor.sh latest     newest:  code-server 4.139.1 = VS Code 1.139.1, extension host on node 24
#   install-editor.sh min        oldest:  code-server 4.100.3 = VS Code 1.100.3, extension host on node 20
# A second word `serve` leaves out the browser: who only serves the workbench brings their own.
# Place: $SOPM_EDITOR_CACHE, else ~/.cache/sopm-editor. Needs npm (any node) and, for what the system lacks, apt as
# root or with a sudo that asks no password. Set CHROMIUM to the executable of a browser that is there already.
set -euo pipefail

flavor=${1:-latest}
purpose=${2:-test}
cache=${SOPM_EDITOR_CACHE:-$HOME/.cache/sopm-editor}
case $flavor in
  latest) code_server_version=4.139.1 node_version=24.21.0 ;;
  min)    code_server_version=4.100.3 node_version=20.20.2 ;;
  *) echo "usage: $0 [latest|min] [test|serve]" >&2; exit 2 ;;
esac
say() { echo "[editor] $*" >&2; }
give_up() { say "$*"; exit 3; }

case $(uname -s)-$(uname -m) in
  Linux-x86_64) arch=x64 ;;
  Linux-aarch64 | Linux-arm64) arch=arm64 ;;
  *) give_up "the served workbench is prepared for Linux only; set VSCODE_EXECUTABLE to a desktop VS Code" ;;
esac

# Variables that an outer `npm run` sets would make the inner npm report the wrong node to code-server's postinstall.
for name in $(compgen -e | grep -E '^npm_(config_(user_agent|prefix|local_prefix|global_prefix|omit|production|ignore_scripts|node_gyp|nodedir)|package_|lifecycle_|command|execpath|node_execpath)' || true); do
  unset "$name"
done
unset NODE_OPTIONS NODE_ENV

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock 9 # two test runs may start at once

home=$cache/$flavor-$code_server_version-node$node_version
node_home=$home/node_modules/node-linux-$arch
code_server=$home/node_modules/code-server

# 1. System packages: the browser; a compiler and the Kerberos headers for the native modules.
is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }
want=()
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || [ "$purpose" = serve ] || want+=(chromium fonts-dejavu-core)
if [ ! -e "$home/.complete" ]; then
  want+=(python3 make g++ pkg-config libkrb5-dev)
  [ "$flavor" = min ] && want+=(ripgrep)
fi
missing=()
for package in ${want[@]+"${want[@]}"}; do is_installed "$package" || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || give_up "these are missing and there is no apt to install them: ${missing[*]}"
  sudo=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || give_up "please install as root: apt-get install ${missing[*]}"
    sudo=(sudo -n)
  fi
  say "apt-get install ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt_install() { ${sudo[@]+"${sudo[@]}"} apt-get install -y -q --no-install-recommends "${missing[@]}" >&2; }
  apt_install || { ${sudo[@]+"${sudo[@]}"} apt-get update -q >&2 && apt_install; } || give_up "apt-get could not install ${missing[*]}"
  [ -n "$chromium" ] || chromium=$(command -v chromium || true)
fi

if [ ! -e "$home/.complete" ]; then
  say "installing code-server $code_server_version with node $node_version into $home (2 to 3 minutes)"
  rm -rf "$home"
  mkdir -p "$home"
  cd "$home"
  echo '{"private":true}' > package.json
  quiet_npm=(npm --no-audit --no-fund --loglevel=error)
  # 2. The node that this code-server wants; the package holds the C++ headers too, so node-gyp downloads nothing.
  "${quiet_npm[@]}" install --ignore-scripts "node-linux-$arch@$node_version" >&2
  export PATH="$node_home/bin:$PATH" npm_config_nodedir="$node_home"
  [ "$(node -v)" = "v$node_version" ]

  # 3. code-server.
  if [ "$flavor" = latest ]; then
    "${quiet_npm[@]}" install "code-server@$code_server_version" >&2
  else
    # Its @vscode/ripgrep and node-pty run scripts that download, or fail without need: go step by step.
    "${quiet_npm[@]}" install --ignore-scripts "code-server@$code_server_version" >&2
    cd "$code_server/lib/vscode"
    "${quiet_npm[@]}" install --ignore-scripts --omit=dev >&2
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    for module in @vscode/spdlog native-watchdog kerberos @parcel/watcher; do "${quiet_npm[@]}" rebuild "$module" >&2; done
    "${quiet_npm[@]}" rebuild node-pty >/dev/null 2>&1 || true # its post-install script fails after a good build
    [ -e node_modules/node-pty/build/Release/pty.node ]
    ln -sf code-linux.sh bin/remote-cli/code-server
    ln -sf browser-linux.sh bin/helpers/browser.sh
    (cd extensions && "${quiet_npm[@]}" install --ignore-scripts --omit=dev >&2)
    cd "$home"
    "${quiet_npm[@]}" rebuild argon2 >&2
  fi
  cd "$home"
  XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home "$node_home/bin/node" "$code_server/out/node/entry.js" --version >&2
  touch "$home/.complete"
fi

flags='[]'
[ "$flavor" = latest ] && flags='["--vscode-option", "enable-smoke-test-driver"]'
cat > "$cache/$flavor.json.tmp" <<JSON
{
  "node": "$node_home/bin/node",
  "codeServer": "$code_server/out/node/entry.js",
  "chromium": "$chromium",
  "automationFlags": $flags
}
JSON
mv "$cache/$flavor.json.tmp" "$cache/$flavor.json"
say "ready: $cache/$flavor.json"
