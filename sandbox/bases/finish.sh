# Runs inside the new root, after the packages are installed: the same state whichever way they came.
set -eu

# Names that people expect of official images.
if [ -e /usr/bin/python3 ]; then
    ln -sf python3 /usr/bin/python
    # The image is one program's own: there is no system here that pip could break.
    rm -f /usr/lib/python3*/EXTERNALLY-MANAGED
    printf '[global]\nno-cache-dir = true\ndisable-pip-version-check = true\nroot-user-action = ignore\n' >/etc/pip.conf
fi

# A home that can be written at run time: the root is read-only, /tmp is not.
sed -i 's#^nobody:.*#nobody:x:65534:65534:nobody:/tmp:/usr/sbin/nologin#' /etc/passwd
mkdir -p /app
chmod 1777 /tmp

# Nothing in here needs another user's rights.
find / -xdev -type f -perm /6000 -exec chmod a-s {} +

# Where the packages came from, and what the making left behind.
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/docker-* /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/docker*
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/cache/ldconfig/* /var/lib/dpkg/*-old /var/log/*
[ -n "${ENGINE:-}" ] || rm -f /etc/hostname /etc/hosts /etc/resolv.conf
rm -f /etc/machine-id /etc/.pwd.lock /etc/*-

# What nobody reads in a container.
rm -rf /usr/share/man/* /usr/share/info/* /usr/share/locale/* /usr/share/lintian /usr/share/doc-base
find /usr/share/doc -type f ! -name copyright -delete
find /usr/share/doc -type l -delete
find /usr/share/doc -type d -empty -delete
for library in numpy pandas scipy sklearn joblib; do
    [ ! -d "/usr/lib/python3/dist-packages/$library" ] || find "/usr/lib/python3/dist-packages/$library" -type d -name tests -prune -exec rm -rf {} +
done
