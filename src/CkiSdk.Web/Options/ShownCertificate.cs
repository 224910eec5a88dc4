using CkiSdk.Pki.Certificates;

namespace CkiSdk.Web.Options;

/// <summary>Is a certificate of the CMA that the pages show with its end.</summary>
/// <param name="Name">What it is to the operator, such as the name of its file.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="IsFollowed">Whether another one takes its place, so that its end is no alarm.</param>
public sealed record ShownCertificate(string Name, Certificate Certificate, bool IsFollowed = false);
