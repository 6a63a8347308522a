# Runs inside the container: a PDF of $1 bytes comes in, its pages go out as pixels. $2 pages at the most, $3 pixels the
# longer side, $4 seconds a page. Each answer is a line; after `page N SIZE` follow SIZE bytes.
set -u
cd /tmp
head -c "$1" >in.pdf

if ! timeout -s KILL "$4" pdfinfo in.pdf >info 2>said; then
    if grep -qi 'incorrect password' said; then echo locked; else echo broken; fi
    exit
fi
pages=$(sed -n 's/^Pages: *\([0-9][0-9]*\)$/\1/p' info | head -n 1)
[ -n "$pages" ] && [ "$pages" -gt 0 ] || { echo broken; exit; }
[ "$pages" -le "$2" ] || { echo "many $pages"; exit; }

echo "pages $pages"
page=1
while [ "$page" -le "$pages" ]; do
    rm -f out.ppm
    timeout -s KILL "$4" pdftoppm -q -f "$page" -l "$page" -singlefile -scale-to "$3" in.pdf out 2>/dev/null
    ended=$?
    # 128 + 9: killed, by the clock or for its memory.
    [ "$ended" -ne 137 ] || { echo "heavy $page"; exit; }
    [ "$ended" -eq 0 ] && [ -s out.ppm ] || { echo "torn $page"; exit; }
    echo "page $page $(stat -c %s out.ppm)"
    cat out.ppm
    page=$((page + 1))
done
echo done
