using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;

namespace CkiSdk.Cli.Homes;

/// <summary>Keeps the authentication certificate of each user of a CMA that was made last: the ones before end with it, because somebody else may have their keys.</summary>
/// <param name="home">The home of the CMA.</param>
internal sealed class UserCertificates(Home home)
{
    /// <summary>The name of the folder.</summary>
    public const string Folder = "users";

    /// <summary>Makes a certificate the one of its user.</summary>
    /// <param name="certificate">The certificate.</param>
    public void Put(Certificate certificate)
    {
        Home.MakeFolder(home.PathOf(Folder));
        HomeFiles.Write(PathOf(certificate.Subject), certificate.ToPem());
    }

    /// <summary>Tells whether a user shows the certificate that was made last; one who was enrolled before such were kept may show any.</summary>
    /// <param name="user">The user.</param>
    public bool IsCurrent(Peer user)
    {
        ArgumentNullException.ThrowIfNull(user);
        try
        {
            return Certificate.FromPem(File.ReadAllText(PathOf(user.Name))).Equals(user.Certificate);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    private string PathOf(DistinguishedName user) => Path.Combine(home.PathOf(Folder), $"{HomeFiles.NameOf(user)}.pem");
}
