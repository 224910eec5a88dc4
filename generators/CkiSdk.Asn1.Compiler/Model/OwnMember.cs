namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Says how a property that is written in C# already holds the value of a component or alternative.</summary>
/// <param name="Property">The property's name; empty for an alternative without one.</param>
/// <param name="CSharpType">Its type, without a question mark.</param>
/// <param name="FromRuntime">A C# expression over <c>{0}</c> that makes the property's value of the runtime's.</param>
/// <param name="ToRuntime">A C# expression over <c>{0}</c> that makes the runtime's value of the property's.</param>
public sealed record OwnMember(string Property, string CSharpType, string FromRuntime, string ToRuntime);
