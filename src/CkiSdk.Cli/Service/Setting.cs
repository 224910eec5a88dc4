namespace CkiSdk.Cli.Service;

/// <summary>Is an option that may stand in the environment and in the file of settings, too.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Kind">What its value is.</param>
internal sealed record Setting(string Name, SettingKind Kind = SettingKind.Text);

/// <summary>Says what the value of a setting is.</summary>
internal enum SettingKind
{
    /// <summary>One text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Any number of texts: a list in the file, and with ; between them in the environment.</summary>
    Texts,
}
