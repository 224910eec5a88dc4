using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is the folder of a CMA: <c>cma.pem</c> and <c>cma.key</c>, <c>cma-storage.key</c>, <c>cma.sqlite</c>, <c>cma-tls.pem</c> and <c>cma-tls.key</c>, <c>authority.pem</c>.</summary>
/// <param name="root">The folder's full path.</param>
internal sealed class CmaFolder(string root)
{
    private const int StorageKeyLength = 32;

    /// <summary>Gets the folder's full path.</summary>
    public string Root { get; } = root;

    /// <summary>Gets the path of the CMA certificate.</summary>
    public string Certificate => PathOf("cma.pem");

    /// <summary>Gets the path of the database.</summary>
    public string Database => PathOf("cma.sqlite");

    /// <summary>Gets the path of the key under which keys lie in the database.</summary>
    public string StorageKey => PathOf("cma-storage.key");

    /// <summary>Writes the CMA certificate, its key and a storage key.</summary>
    /// <param name="certificate">The CMA certificate.</param>
    /// <param name="signingKey">Its key.</param>
    /// <param name="storageKey">The storage key.</param>
    public void Write(Certificate certificate, ISigningKey signingKey, Secret storageKey)
    {
        Write("cma", certificate, signingKey);
        var digits = new char[2 * storageKey.Length];
        _ = Convert.TryToHexStringLower(storageKey.Span, digits, out _);
        SecretFile.Write(StorageKey, digits);
    }

    /// <summary>Writes the CMA's authentication certificate and its key.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">Its key.</param>
    public void WriteTls(Certificate certificate, ISigningKey key) => Write("cma-tls", certificate, key);

    /// <summary>Writes the certificate of the authority that certifies authentication keys.</summary>
    /// <param name="certificate">The certificate.</param>
    public void WriteAnchor(Certificate certificate) => File.WriteAllText(PathOf("authority.pem"), certificate.ToPem());

    /// <summary>Reads everything and checks that it belongs together.</summary>
    /// <param name="provider">The cryptography.</param>
    /// <param name="now">The time at which certificates must be valid.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A file is missing, damaged or another CMA's, or others may read a secret.</exception>
    public async Task<CmaIdentity> ReadAsync(CryptoProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RequireFiles();
        var certificate = ReadCertificate("cma.pem", now);
        var anchor = ReadCertificate("authority.pem", now);
        var tlsCertificate = ReadCertificate("cma-tls.pem", now);
        Require(tlsCertificate.Subject.Equals(certificate.Subject), "cma-tls.pem", $"it is a certificate of {tlsCertificate.Subject}, and the CMA is {certificate.Subject}");
        Require(tlsCertificate.IsSignedBy(anchor, provider), "cma-tls.pem", "the authority in authority.pem has not signed it");
        var key = await ReadSigningKeyAsync("cma.key", provider, cancellationToken).ConfigureAwait(false);
        try
        {
            Require(key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span), "cma.key", "it is not the key of cma.pem");
            return new CmaIdentity(certificate, key, ReadStorageKey(), ReadTls(tlsCertificate), anchor);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Requires that the database is there and its owner's alone; a new one would know no user and no key.</summary>
    /// <exception cref="CommandException">It is missing, or others may read it.</exception>
    public void RequireDatabase()
    {
        RequireFile(Database);
        SecretFile.RequireOwnerOnly(Database);
    }

    private void Write(string name, Certificate certificate, ISigningKey key)
    {
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ToPem());
        SecretFile.Write(PathOf($"{name}.key"), PrivateKeyPem.Write(key));
    }

    private void RequireFiles()
    {
        if (!Directory.Exists(Root))
        {
            throw CommandException.Usage($"There is no folder {Root}. 'cki demo --folder DIR' makes one with a CMA.");
        }

        foreach (var name in new[] { "cma.pem", "cma.key", "cma-storage.key", "cma-tls.pem", "cma-tls.key", "authority.pem" })
        {
            RequireFile(PathOf(name));
        }
    }

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw CommandException.Usage($"{path} is missing; the folder holds no whole CMA. 'cki demo --folder DIR' makes one.");
        }
    }

    private Certificate ReadCertificate(string name, DateTimeOffset now)
    {
        try
        {
            var certificate = CkiSdk.Pki.Certificates.Certificate.FromPem(File.ReadAllText(PathOf(name)));
            Require(certificate.IsValidAt(now), name, $"it is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, not now");
            return certificate;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(name, exception.Message, exception);
        }
    }

    private async Task<ISigningKey> ReadSigningKeyAsync(string name, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var pem = ReadSecret(name);
        try
        {
            return await PrivateKeyPem.ReadSigningKeyAsync(pem, provider.Keys, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FormatException or CryptoProviderException)
        {
            throw Unusable(name, exception.Message, exception);
        }
        finally
        {
            Array.Clear(pem);
        }
    }

    private Secret ReadStorageKey()
    {
        var digits = ReadSecret("cma-storage.key");
        var key = new Secret(StorageKeyLength);
        try
        {
            var status = Convert.FromHexString(digits.AsSpan().Trim(), key.Span, out _, out var written);
            if (status == System.Buffers.OperationStatus.Done && written == StorageKeyLength)
            {
                return key;
            }
        }
        finally
        {
            Array.Clear(digits);
        }

        key.Dispose();
        throw Unusable("cma-storage.key", $"it does not hold {2 * StorageKeyLength} hexadecimal digits");
    }

    private TlsIdentity ReadTls(Certificate certificate)
    {
        var pem = ReadSecret("cma-tls.key");
        try
        {
            return TlsIdentity.From(certificate, pem);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Unusable("cma-tls.key", "it is not the key of cma-tls.pem", exception);
        }
        finally
        {
            Array.Clear(pem);
        }
    }

    private char[] ReadSecret(string name)
    {
        try
        {
            return SecretFile.Read(PathOf(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(name, exception.Message, exception);
        }
    }

    private void Require(bool condition, string name, string fault)
    {
        if (!condition)
        {
            throw Unusable(name, fault);
        }
    }

    private CommandException Unusable(string name, string fault, Exception? cause = null) => CommandException.Usage($"{PathOf(name)} cannot be used: {fault.TrimEnd('.')}.", cause);

    private string PathOf(string name) => Path.Combine(Root, name);
}
