using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks how times are written (RFC 5280 §4.1.2.5).</summary>
internal static class ValidityRules
{
    private const int FirstYearOfGeneralizedTime = 2050;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(Validity validity, List<LintFinding> findings)
    {
        Check(validity.NotBefore, findings);
        Check(validity.NotAfter, findings);
        if (Times.Read(validity.NotAfter) <= Times.Read(validity.NotBefore))
            findings.Add(new("RFC 5280 §4.1.2.5", "the validity ends before it begins"));
    }

    /// <summary>Adds what is wrong with one time.</summary>
    public static void Check(Time time, List<LintFinding> findings)
    {
        if (time is not Time.GeneralizedTime general)
            return;
        if (Times.Read(time).Year < FirstYearOfGeneralizedTime)
            findings.Add(new("RFC 5280 §4.1.2.5", "a time before 2050 is no UTCTime"));
        if (general.Value.Octets.Length != "YYYYMMDDHHMMSSZ".Length)
            findings.Add(new("RFC 5280 §4.1.2.5.2", "a time has fractions of a second"));
    }
}
