# Runs inside the new root, before the packages are installed. $EMPTY names packages to be satisfied by empty ones.
set -eu
for package in $EMPTY; do
    mkdir -p "/tmp/$package/DEBIAN"
    printf 'Package: %s\nVersion: 9999\nArchitecture: all\nMaintainer: Gelanggang\nDescription: empty stand-in\n' "$package" >"/tmp/$package/DEBIAN/control"
    dpkg-deb --build "/tmp/$package" "/tmp/$package.deb" >/dev/null
    dpkg --install "/tmp/$package.deb" >/dev/null
    rm -r "/tmp/$package" "/tmp/$package.deb"
done
