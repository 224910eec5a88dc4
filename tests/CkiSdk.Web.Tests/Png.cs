using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CkiSdk.Web.Tests;

/// <summary>Is a picture as browsers write it: PNG with 8 bits for each of red, green, blue and perhaps opacity, not interlaced.</summary>
internal sealed class Png
{
    private readonly byte[] _pixels;
    private readonly int _channels;

    private Png(int width, int height, int channels, byte[] pixels) => (Width, Height, _channels, _pixels) = (width, height, channels, pixels);

    public int Width { get; }

    public int Height { get; }

    public static Png Read(byte[] octets)
    {
        using var packed = new MemoryStream();
        var (width, height, channels) = (0, 0, 0);
        for (var place = 8; place < octets.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(octets.AsSpan(place));
            var type = Encoding.ASCII.GetString(octets, place + 4, 4);
            var content = octets.AsSpan(place + 8, length);
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
                Assert.Equal((8, 0), (content[8], content[12]));
                channels = content[9] switch { 2 => 3, 6 => 4, _ => throw new InvalidDataException($"colour type {content[9]}") };
            }
            else if (type == "IDAT")
            {
                packed.Write(content);
            }

            place += 12 + length;
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        return new Png(width, height, channels, Unfilter(unpacked, width * channels, height, channels));
    }

    /// <summary>Counts the pixels of a colour.</summary>
    public int Count(byte red, byte green, byte blue) => Enumerable.Range(0, Width * Height)
        .Count(pixel => _pixels[pixel * _channels] == red && _pixels[(pixel * _channels) + 1] == green && _pixels[(pixel * _channels) + 2] == blue);

    private static byte[] Unfilter(Stream lines, int length, int height, int channels)
    {
        var pixels = new byte[length * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines.ReadByte();
            var line = pixels.AsSpan(y * length, length);
            lines.ReadExactly(line);
            for (var x = 0; x < length; x++)
            {
                var left = x < channels ? 0 : line[x - channels];
                var above = y == 0 ? 0 : pixels[((y - 1) * length) + x];
                var corner = x < channels || y == 0 ? 0 : pixels[((y - 1) * length) + x - channels];
                line[x] += (byte)(filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Paeth(left, above, corner) });
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (byLeft, byAbove, byCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }
}
