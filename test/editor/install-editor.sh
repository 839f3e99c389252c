#!/usr/bin/env bash
# Installs, once and outside the repository, what the extension tests and `npm start` need where there is no desktop
# VS Code: code-server (VS Code's own server, web workbench and node extension host) and, for tests, a headless browser.
#   install-editor.sh latest     newest:  code-server 4.139.1 = VS Code 1.139.1, extension host on node 24
#   install-editor.sh min        oldest:  code-server 4.100.3 = VS Code 1.100.3, extension host on node 20
# A second word `serve` leaves out the browser: who only serves the workbench brings their own. Then nothing is installed
# into the system.
# Place: $SOPM_EDITOR_CACHE, else ~/.cache/sopm-editor. Needs npm (any node) and, for the browser of the tests and for
# building the oldest editor, apt as root or with a sudo that asks no password. Set CHROMIUM to the executable of a
# browser that is there already.
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

# 1. System packages, for tests only: the browser; for the oldest editor a compiler and the headers that its native
#    modules need. The newest brings what it needs along.
is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }
want=()
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || [ "$purpose" = serve ] || want+=(chromium fonts-dejavu-core)
if [ ! -e "$home/.complete" ] && [ "$flavor" = min ]; then
  want+=(python3 make g++ pkg-config libkrb5-dev ripgrep)
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
  say "the tests need packages of the system: apt-get install ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt_install() { ${sudo[@]+"${sudo[@]}"} apt-get install -y -q --no-install-recommends "${missing[@]}" >&2; }
  apt_install || { ${sudo[@]+"${sudo[@]}"} apt-get update -q >&2 && apt_install; } || give_up "apt-get could not install ${missing[*]}"
  [ -n "$chromium" ] || chromium=$(command -v chromium || true)
fi

# Says now and then how much has come; the folder is looked at, because npm tells nothing to who is no terminal.
watch_size() {
  local megabytes
  while sleep 2; do
    megabytes=$(du -sm "$home" 2>/dev/null | cut -f1) || continue
    say "  $megabytes of about $1 MB"
  done
}

if [ ! -e "$home/.complete" ]; then
  case $flavor in
    latest) fetched=255 unpacked=800 ;;
    min) fetched=150 unpacked=470 ;;
  esac
  say "fetching VS Code's own server (code-server $code_server_version) and the node $node_version that it wants from the"
  say "npm registry: about $fetched MB to fetch, $unpacked MB in $home;"
  say "that takes half a minute to some minutes, once. Deleting the folder undoes it."
  rm -rf "$home"
  mkdir -p "$home"
  cd "$home"
  echo '{"private":true}' > package.json
  watch_size "$unpacked" &
  watcher=$!
  trap 'kill $watcher 2>/dev/null || true' EXIT
  quiet_npm=(npm --no-audit --no-fund --loglevel=error --ignore-scripts)
  # 2. The node that this code-server wants, and code-server. Its own install scripts would build what is there built
  #    already, which takes minutes, a compiler and headers.
  "${quiet_npm[@]}" install "node-linux-$arch@$node_version" "code-server@$code_server_version" >&2
  export PATH="$node_home/bin:$PATH"
  [ "$(node -v)" = "v$node_version" ]

  # 3. What VS Code's server needs, and the links that code-server's install script would make.
  cd "$code_server/lib/vscode"
  "${quiet_npm[@]}" install --omit=dev >&2
  ln -sf code-linux.sh bin/remote-cli/code-server
  ln -sf browser-linux.sh bin/helpers/browser.sh
  if [ "$flavor" = min ]; then
    # The oldest comes without its native modules. Its @vscode/ripgrep downloads, and the post-install script of its
    # node-pty fails after a good build: go step by step. The node package holds the C++ headers too.
    export npm_config_nodedir="$node_home"
    quiet_npm=(npm --no-audit --no-fund --loglevel=error)
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    for module in @vscode/spdlog native-watchdog kerberos @parcel/watcher; do "${quiet_npm[@]}" rebuild "$module" >&2; done
    "${quiet_npm[@]}" rebuild node-pty >/dev/null 2>&1 || true
    [ -e node_modules/node-pty/build/Release/pty.node ]
    (cd extensions && "${quiet_npm[@]}" install --ignore-scripts --omit=dev >&2)
    (cd "$home" && "${quiet_npm[@]}" rebuild argon2 >&2)
  fi
  cd "$home"
  XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home "$node_home/bin/node" "$code_server/out/node/entry.js" --version >&2
  kill $watcher
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
