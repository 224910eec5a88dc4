using FsCheck.Xunit;

namespace CkiSdk.TestSupport;

/// <summary>Lets the properties of an assembly draw their values as <see cref="Laws"/> says; every test project has it.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SeededPropertiesAttribute : PropertiesAttribute
{
    /// <summary>Makes it.</summary>
    public SeededPropertiesAttribute()
    {
        if (Laws.Seed is { } seed) Replay = seed;
    }
}
