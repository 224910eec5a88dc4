namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Lists what WITH COMPONENTS says of a component's presence (X.680 51.8.7); what a full specification implies is written out.</summary>
public enum ComponentPresence
{
    /// <summary>Nothing: as the type has it.</summary>
    Either,

    /// <summary>PRESENT.</summary>
    Present,

    /// <summary>ABSENT; of a component with a default: it has the default.</summary>
    Absent,
}
