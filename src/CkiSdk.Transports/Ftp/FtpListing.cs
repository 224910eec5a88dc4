using System.Text;

namespace CkiSdk.Transports.Ftp;

/// <summary>Reads what an FTP server lists (RFC 959 §4.1.3, NLST). It does no I/O.</summary>
internal static class FtpListing
{
    /// <summary>Reads the names of the files, without the path that some servers put before each; no name leads out of the folder.</summary>
    /// <param name="octets">What came.</param>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> octets) =>
        [.. Encoding.UTF8.GetString(octets).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('/') + 1)..])];
}
