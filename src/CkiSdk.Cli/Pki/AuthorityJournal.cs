using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Keeps what an authority did in a file that only grows: each line ends with a check, and is on the disk before anything depends on it.</summary>
/// <remarks>A line that a crash cut off is dropped when the file is opened again; any other damage is refused. The caller holds the lock of the folder.</remarks>
internal sealed class AuthorityJournal : IDisposable
{
    private const int CheckLength = 16;

    private readonly FileStream _file;
    private readonly Dictionary<string, AuthorityRevocation> _revoked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuthorityRevocation> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _serials = new(StringComparer.Ordinal);

    private AuthorityJournal(FileStream file) => _file = file;

    /// <summary>Gets the number of the newest revocation list; 0 for none.</summary>
    public long ListNumber { get; private set; }

    /// <summary>Gets the number of the newest complete revocation list; 0 for none.</summary>
    public long CompleteNumber { get; private set; }

    /// <summary>Gets what is revoked now.</summary>
    public IReadOnlyCollection<AuthorityRevocation> Revoked => _revoked.Values;

    /// <summary>Gets what was revoked, or taken back, since the newest complete list.</summary>
    public IReadOnlyCollection<AuthorityRevocation> Changed => _changed.Values;

    /// <summary>Opens the file, or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">A line is damaged.</exception>
    public static AuthorityJournal Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var journal = new AuthorityJournal(file);
        try
        {
            journal.Load(path);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Finds the revocation of a certificate; null if it is not revoked now.</summary>
    /// <param name="certificate">What tells it from others: see <see cref="AuthorityRevocation.Certificate"/>.</param>
    public AuthorityRevocation? FindRevocation(string certificate) => _revoked.GetValueOrDefault(certificate);

    /// <summary>Tells whether a serial number was given out.</summary>
    /// <param name="serial">The number in hexadecimal digits.</param>
    public bool Has(string serial) => _serials.Contains(serial);

    /// <summary>Takes a serial number, for ever, before a certificate is signed with it.</summary>
    /// <param name="serial">The number in hexadecimal digits.</param>
    public void Reserve(string serial) => Append("serial", serial);

    /// <summary>Notes that a certificate was signed.</summary>
    /// <param name="serial">Its number.</param>
    /// <param name="notAfter">When it ends.</param>
    /// <param name="sha256">The digest of its DER in hexadecimal digits.</param>
    public void Issue(string serial, DateTimeOffset notAfter, string sha256) => Append("issued", serial, ShowText.Iso(notAfter), sha256);

    /// <summary>Revokes a certificate; the reason removeFromCRL takes back a hold.</summary>
    /// <param name="revocation">What is revoked.</param>
    public void Revoke(AuthorityRevocation revocation) => Append(FieldsOf(revocation));

    /// <summary>Revokes many certificates, and waits for the disk once.</summary>
    /// <param name="revocations">What is revoked.</param>
    public void Revoke(IEnumerable<AuthorityRevocation> revocations)
    {
        foreach (var revocation in revocations.ToList())
        {
            Write(FieldsOf(revocation));
        }

        _file.Flush(flushToDisk: true);
    }

    /// <summary>Takes the next number for a revocation list, before it is signed.</summary>
    /// <param name="isDelta">Whether it is a delta list.</param>
    /// <param name="number">The number, above those of all before; null for the next one.</param>
    /// <returns>The number.</returns>
    public long TakeListNumber(bool isDelta, long? number = null)
    {
        Append(isDelta ? "delta" : "crl", (number ?? ListNumber + 1).ToString(CultureInfo.InvariantCulture));
        return ListNumber;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string[] FieldsOf(AuthorityRevocation revocation)
    {
        string[] fields = ["revoked", revocation.Serial, ShowText.Iso(revocation.Date), revocation.Reason.ToString()];
        return revocation.Issuer is { } issuer ? [.. fields, issuer] : fields;
    }

    private static string Check(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..CheckLength];

    private void Load(string path)
    {
        var octets = new byte[_file.Length];
        _file.ReadExactly(octets);
        var (start, number) = (0, 0);
        while (octets.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            number++;
            var line = Encoding.UTF8.GetString(octets, start, length);
            if (line.Length <= CheckLength || line[..^(CheckLength + 1)] is var content && Check(content) != line[^CheckLength..])
            {
                throw new CommandException(ExitCodes.CheckFailed, $"{path}: line {number} is damaged; restore the file from a copy.", code: "damaged-database");
            }

            Apply(content.Split('\t'));
            start += length + 1;
        }

        _file.SetLength(start);
        _file.Position = start;
    }

    private void Append(params string[] fields)
    {
        Write(fields);
        _file.Flush(flushToDisk: true);
    }

    private void Write(string[] fields)
    {
        var content = string.Join('\t', fields);
        _file.Write(Encoding.UTF8.GetBytes($"{content}\t{Check(content)}\n"));
        Apply(fields);
    }

    private void Apply(string[] fields)
    {
        switch (fields)
        {
            case ["serial", var serial]:
                _serials.Add(serial);
                break;
            case ["revoked", var serial, var date, var reason, .. var issuer]:
                Apply(new AuthorityRevocation(serial, DateTimeOffset.Parse(date, CultureInfo.InvariantCulture), Enum.Parse<CRLReason>(reason), issuer.FirstOrDefault()));
                break;
            case ["crl", var number]:
                ListNumber = CompleteNumber = long.Parse(number, CultureInfo.InvariantCulture);
                _changed.Clear();
                break;
            case ["delta", var number]:
                ListNumber = long.Parse(number, CultureInfo.InvariantCulture);
                break;
        }
    }

    private void Apply(AuthorityRevocation revocation)
    {
        _changed[revocation.Certificate] = revocation;
        if (revocation.Reason == CRLReason.RemoveFromCRL)
        {
            _revoked.Remove(revocation.Certificate);
        }
        else
        {
            _revoked[revocation.Certificate] = revocation;
        }
    }
}
