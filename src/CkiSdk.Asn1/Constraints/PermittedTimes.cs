namespace CkiSdk.Asn1;

/// <summary>Is what property settings permit (X.680 51.10): times with certain properties.</summary>
/// <param name="settings">The settings as a module writes them, such as <c>Basic=Date Date=YMD Year=Basic</c>.</param>
public sealed class PermittedTimes(string settings)
{
    /// <summary>Says whether a time has all of the properties.</summary>
    /// <param name="value">The time.</param>
    public bool Permits(IsoTime value) => TimeProperties.Meets(value.ToString(), settings);

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDate value) => TimeProperties.Meets(value.ToString(), settings);

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoTimeOfDay value) => TimeProperties.Meets(value.ToString(), settings);

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDateTime value) => TimeProperties.Meets(value.ToString(), settings);

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDuration value) => TimeProperties.Meets(value.ToString(), settings);
}
