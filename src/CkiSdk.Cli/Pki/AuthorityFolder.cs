using System.Text;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the folder of an authority: its key, its certificate, and what it issued. One process works in it at a time.</summary>
internal sealed class AuthorityFolder : IDisposable
{
    private const string KeyFile = "ca.key";
    private const string CertificateFile = "ca.pem";
    private const string ChainFile = "chain.pem";
    private const string JournalFile = "issued.db";
    private const string Scheme = "pkcs11:";
    private const string IssuedFolder = "issued";

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly AuthorityJournal _journal;

    private AuthorityFolder(string folder, FileStream held, AuthorityJournal journal, Certificate certificate, ISigningKey key) =>
        (_folder, _lock, _journal, Certificate, Key) = (folder, held, journal, certificate, key);

    /// <summary>Gets the certificate of the authority.</summary>
    public Certificate Certificate { get; }

    /// <summary>Gets its key.</summary>
    public ISigningKey Key { get; }

    /// <summary>Gets what it did.</summary>
    public AuthorityJournal Journal => _journal;

    /// <summary>Gets the certificates from this authority's up to the root's.</summary>
    public string Chain => Certificate.ToPem() + (File.Exists(PathOf(ChainFile)) ? File.ReadAllText(PathOf(ChainFile)) : "");

    /// <summary>Writes a new folder, whole or not at all.</summary>
    /// <param name="folder">The folder, which does not exist or is empty.</param>
    /// <param name="key">The key in the form in which it is kept.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="chain">The certificates above it as PEM; empty for a root.</param>
    /// <exception cref="CommandException">The folder is in use.</exception>
    public static void Create(string folder, Secret key, Certificate certificate, string chain)
    {
        RequireFree(folder);
        var temporary = TemporaryNames.Beside(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(temporary);
        }
        else
        {
            Directory.CreateDirectory(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        PkiFiles.WriteSecret(Path.Combine(temporary, KeyFile), key, force: false, TextWriter.Null);
        File.WriteAllText(Path.Combine(temporary, CertificateFile), certificate.ToPem());
        if (chain.Length > 0)
        {
            File.WriteAllText(Path.Combine(temporary, ChainFile), chain);
        }

        Directory.CreateDirectory(Path.Combine(temporary, IssuedFolder));
        using (var journal = AuthorityJournal.Open(Path.Combine(temporary, JournalFile)))
        {
            journal.Reserve(SerialOf(certificate));
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder);
        }

        Directory.Move(temporary, folder);
    }

    /// <summary>Requires that a folder does not exist or is empty.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CommandException">It is neither.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw CommandException.Usage($"The folder {folder} exists already.", code: "file-exists");
        }
    }

    /// <summary>Signs the certificate of a root.</summary>
    /// <param name="template">What it shall say.</param>
    /// <param name="key">Its key.</param>
    /// <param name="algorithm">How it is signed.</param>
    /// <param name="cancellationToken">Stops before the signature.</param>
    /// <exception cref="CommandException">The certificate would break a rule.</exception>
    public static async Task<Certificate> SignItselfAsync(CertificateTemplate template, ISigningKey key, SignatureAlgorithm algorithm, CancellationToken cancellationToken)
    {
        try
        {
            var serial = SerialNumbers.Random(CryptoProviders.Software.Random);
            return await CertificateSigner.SignAsync(template, null, key, algorithm, serial, cancellationToken).ConfigureAwait(false);
        }
        catch (CertificateRefusedException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, exception.Message, exception, "certificate-refused");
        }
    }

    /// <summary>Opens a folder, and waits while another process works in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="access">What opens its key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CommandException">There is no authority in it, or it is in use for too long.</exception>
    public static async Task<AuthorityFolder> OpenAsync(string folder, KeyAccess access, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, CertificateFile)))
        {
            throw new CommandException(ExitCodes.NotFound, $"There is no authority in {folder}; 'cki pki ca init' makes one.");
        }

        var held = await FolderLock.TakeAsync(folder, cancellationToken).ConfigureAwait(false);
        try
        {
            var certificate = await PkiInputs.CertificateAsync(Path.Combine(folder, CertificateFile), cancellationToken).ConfigureAwait(false);
            var key = await access.OpenSigningKeyAsync(await PlaceOfKeyAsync(Path.Combine(folder, KeyFile), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return new AuthorityFolder(folder, held, AuthorityJournal.Open(Path.Combine(folder, JournalFile)), certificate, key);
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes a serial number as it is kept: its content octets in hexadecimal digits.</summary>
    /// <param name="certificate">The certificate.</param>
    public static string SerialOf(Certificate certificate) => Convert.ToHexStringLower(certificate.SerialNumber.Octets.Span);

    /// <summary>Issues a certificate; its number is on the disk before it is signed.</summary>
    /// <param name="template">What it shall say.</param>
    /// <param name="algorithm">How it is signed.</param>
    /// <param name="cancellationToken">Stops before the signature.</param>
    /// <exception cref="CommandException">The certificate would break a rule, or outlive its issuer.</exception>
    public async Task<Certificate> IssueAsync(CertificateTemplate template, SignatureAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (template.NotAfter > Certificate.NotAfter)
        {
            throw CommandException.Usage($"The certificate would end at {ShowText.Iso(template.NotAfter)}, after that of its issuer at {ShowText.Iso(Certificate.NotAfter)}.", code: "outlives-issuer");
        }

        if (Certificate.PathLengthConstraint is { } limit && limit < 1 && IsAuthority(template))
        {
            throw new CommandException(ExitCodes.CheckFailed, "No authority may follow below this one: its path length is 0 (RFC 5280 §4.2.1.9).", code: "certificate-refused");
        }

        var serial = SerialNumbers.Random(CryptoProviders.Software.Random);
        var digits = Convert.ToHexStringLower(serial.Octets.Span);
        _journal.Reserve(digits);
        try
        {
            var certificate = await CertificateSigner.SignAsync(template, Certificate, Key, algorithm, serial, cancellationToken).ConfigureAwait(false);
            File.WriteAllText(PathOf(Path.Combine(IssuedFolder, $"{digits}.pem")), certificate.ToPem());
            _journal.Issue(digits, certificate.NotAfter, Convert.ToHexStringLower(certificate.Sha256()));
            return certificate;
        }
        catch (CertificateRefusedException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, exception.Message, exception, "certificate-refused");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Key.Dispose();
        _journal.Dispose();
        _lock.Dispose();
    }

    private static bool IsAuthority(CertificateTemplate template) =>
        template.Extensions.FirstOrDefault(extension => extension.ExtnId == CertificateExtensionsValues.IdCeBasicConstraints) is { } constraints
        && BasicConstraintsSyntax.Decode(constraints.ExtnValue.Memory).CA;

    // The file holds the key, or one line: the URI of a key in a token.
    private static async Task<string> PlaceOfKeyAsync(string file, CancellationToken cancellationToken)
    {
        var first = new byte[Scheme.Length];
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var isUri = await stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == first.Length && Ascii.EqualsIgnoreCase(first, Scheme);
        if (!isUri)
        {
            return file;
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        return Scheme + (await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).TrimEnd();
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
