namespace CkiSdk.TestSupport;

/// <summary>Tells whether this is the long run, <c>eng/test.sh long</c>, in which tests use their full counts.</summary>
public static class LongRun
{
    /// <summary>Gets whether the environment variable CKI_LONG is 1.</summary>
    public static bool Enabled { get; } = Environment.GetEnvironmentVariable("CKI_LONG") == "1";

    /// <summary>Chooses between the count of the usual run and the count of the long run.</summary>
    public static int Count(int usual, int @long) => Enabled ? @long : usual;
}
