using System.CommandLine;

namespace CkiSdk.Cli.Invocation;

/// <summary>Is a command that brings the example of its help along.</summary>
/// <param name="name">The name.</param>
/// <param name="description">What it does.</param>
/// <param name="example">A whole command line that works.</param>
internal class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>Gets the example.</summary>
    public string Example => example;
}
