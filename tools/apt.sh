#!/usr/bin/env bash
# Installs the Debian packages that tests and audits use, naming each before it does.
# Without root it only names what is missing, and goes on.
set -euo pipefail

packages=(
  "chromium:chromium"                         # a real browser for tests and audits
  "postgresql:/usr/lib/postgresql"            # a private cluster for tests
  "fonts-noto-cjk:/usr/share/fonts/opentype/noto"  # Chinese in pictures and reports
  "golang-go:go"                              # the foreign verifier
  "golang-golang-x-mod-dev:/usr/share/gocode/src/golang.org/x/mod"
)

missing=()
for each in "${packages[@]}"; do
  name=${each%%:*} probe=${each#*:}
  if [[ $probe == /* ]]; then [[ -e $probe ]] || missing+=("$name")
  else command -v "$probe" >/dev/null || missing+=("$name"); fi
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  printf 'missing Debian package: %s\n' "${missing[@]}"
  printf 'install them with: sudo apt-get install %s\n' "${missing[*]}"
  exit 0
fi
printf 'installing Debian package: %s\n' "${missing[@]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}" >/dev/null
