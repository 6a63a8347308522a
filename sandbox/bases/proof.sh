# Runs in a finished base as uid 65534, read-only, without network. Prints what is wrong, a line each; nothing when all is well.
[ "$(id -u):$(id -g)" = 65534:65534 ] || echo "runs as $(id -u):$(id -g)"
[ "$(sed -n 's/^nobody:x:\([0-9]*\):.*/\1/p' /etc/passwd)" = 65534 ] || echo "has no user nobody with uid 65534"
grep -q '^VERSION_ID="12"' /etc/os-release || echo "is not Debian 12"
[ ! -e /usr/bin/python3 ] || [ "$(command -v python3)" = /usr/bin/python3 ] || echo "python3 is $(command -v python3)"
[ -d /app ] || echo "has no /app"
[ "$(stat -c %a /tmp)" = 1777 ] || echo "/tmp has mode $(stat -c %a /tmp)"
find / -xdev -type f -perm /6000 2>/dev/null | sed 's/^/has a setuid program: /'
find /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists /var/cache/apt -type f ! -name lock 2>/dev/null | sed 's/^/names where packages came from: /'
grep -rilE 'proxy' /etc/apt/apt.conf.d /etc/environment /etc/pip.conf 2>/dev/null | sed 's/^/names a proxy: /'
find /usr/local/share/ca-certificates /etc/ssl/certs /root -type f ! -name ca-certificates.crt ! -name '.bashrc' ! -name .profile 2>/dev/null | sed 's/^/has a file of the host: /'
[ ! -s /etc/ca-certificates.conf ] || [ "$(grep -c BEGIN /etc/ssl/certs/ca-certificates.crt)" -eq "$(grep -vc '^[#!]' /etc/ca-certificates.conf)" ] || echo "trusts certificates that are not Debian's"
find / -xdev \( -path /proc -o -path /sys -o -path /dev \) -prune -o -type f -perm -0002 -print 2>/dev/null | sed 's/^/anybody can write: /'
