using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Requests;

namespace CkiSdk.Cli.Pki;

/// <summary>Reads the certificates, revocation lists and requests that the command line names, as PEM or DER.</summary>
internal static class PkiInputs
{
    /// <summary>Reads all certificates of some files.</summary>
    /// <param name="files">The files; <c>-</c> for the standard input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">A file cannot be read, or holds none.</exception>
    public static async Task<List<Certificate>> CertificatesAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var found = new List<Certificate>();
        foreach (var file in files)
        {
            found.AddRange(await ReadAsync(file, "certificate", text => CertificatePem.ReadAll(text).ToList(), der => [Certificate.Decode(der)], cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Reads the first certificate of a file.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">The file cannot be read, or holds none.</exception>
    public static async Task<Certificate> CertificateAsync(string file, CancellationToken cancellationToken) =>
        (await CertificatesAsync([file], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Reads one certificate that is not in a file.</summary>
    /// <param name="der">Its DER.</param>
    /// <param name="place">Where it comes from.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static Certificate Decode(ReadOnlyMemory<byte> der, string place)
    {
        try
        {
            return Certificate.Decode(der);
        }
        catch (DerException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{place}: it is no certificate: {exception.Message}", exception, "invalid-input");
        }
    }

    /// <summary>Reads all revocation lists of some files.</summary>
    /// <param name="files">The files; <c>-</c> for the standard input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">A file cannot be read, or holds none.</exception>
    public static async Task<List<RevocationList>> RevocationListsAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var found = new List<RevocationList>();
        foreach (var file in files)
        {
            found.AddRange(await ReadAsync(file, "revocation list", text => RevocationList.ReadAll(text).ToList(), der => [RevocationList.Decode(der)], cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">The file cannot be read, or holds none.</exception>
    public static async Task<CertificationRequest> RequestAsync(string file, CancellationToken cancellationToken) =>
        (await ReadAsync<CertificationRequest>(file, "certification request", text => [CertificationRequest.FromPem(text)], der => [CertificationRequest.Decode(der)], cancellationToken).ConfigureAwait(false))[0];

    private static async Task<List<T>> ReadAsync<T>(
        string file, string what, Func<string, List<T>> fromPem, Func<ReadOnlyMemory<byte>, List<T>> fromDer, CancellationToken cancellationToken)
    {
        var octets = await ValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            var isPem = octets.AsSpan().IndexOf("-----BEGIN "u8) >= 0;
            var found = isPem ? fromPem(Encoding.Latin1.GetString(octets)) : fromDer(octets);
            return found.Count > 0 ? found : throw new CommandException(ExitCodes.CheckFailed, $"{file}: there is no {what} in it.", code: "invalid-input");
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {(exception is DerException ? $"it is no {what}: " : "")}{exception.Message}", exception, "invalid-input");
        }
    }
}
