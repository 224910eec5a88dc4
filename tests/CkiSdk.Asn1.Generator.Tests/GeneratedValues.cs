using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Compiles one module with many types, each with a value and as a component with that default, and loads the assembly.</summary>
public sealed class GeneratedValues : IDisposable
{
    private readonly AssemblyLoadContext _context = new("values", isCollectible: true);
    private readonly Assembly _assembly;

    /// <summary>Generates, compiles and loads.</summary>
    public GeneratedValues()
    {
        var text = new StringBuilder("Values DEFINITIONS ::= BEGIN\nSeq ::= SEQUENCE { a [0] INTEGER OPTIONAL, b BOOLEAN DEFAULT FALSE, c IA5String OPTIONAL, ..., d [1] NULL }\nint INTEGER ::= 7\n");
        for (var i = 0; i < Cases.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"T{i} ::= {Cases[i].Type}\nv{i} T{i} ::= {Cases[i].Value}\nS{i} ::= SEQUENCE {{ v [9] T{i} DEFAULT {Cases[i].Value} }}\n");
        }

        var run = GeneratorRun.Of(("/m/Values.asn1", text.Append("END\n").ToString()));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>Gets types, values of them, and the octets that these have.</summary>
    internal static (string Type, string Value, string Der)[] Cases { get; } =
    [
        ("BOOLEAN", "TRUE", "0101FF"),
        ("INTEGER", "-129", "0202FF7F"),
        ("INTEGER { one(1), seven(int) }", "seven", "020107"),
        ("[3] INTEGER (0..255)", "200", "A304020200C8"),
        ("ENUMERATED { a, z(25), ..., d }", "d", "0A0101"),
        ("NULL", "NULL", "0500"),
        ("OCTET STRING", "'ABC'H", "0402ABC0"),
        ("OCTET STRING (CONTAINING INTEGER)", "CONTAINING 5", "0403020105"),
        ("BIT STRING", "'10100'B", "030203A0"),
        ("BIT STRING { a(0), i(8) }", "{ i, a }", "0303078080"),
        ("BIT STRING { a(0), i(8) }", "'1000'B", "03020780"),
        ("OBJECT IDENTIFIER", "{ iso member-body 840 rsadsi(113549) }", "06062A864886F70D"),
        ("RELATIVE-OID", "{ 4 200 }", "0D03048148"),
        ("OID-IRI", "\"/ISO/a-b\"", "1F23082F49534F2F612D62"),
        ("RELATIVE-OID-IRI", "\"a/1\"", "1F2403612F31"),
        ("REAL", "1.5", "09070331352E452D31"),
        ("REAL", "{ mantissa 6, base 2, exponent -2 }", "090380FF03"),
        ("REAL", "{ mantissa -1, base 2, exponent 70000 }", "0905C201117001"),
        ("REAL", "-0", "090143"),
        ("REAL", "MINUS-INFINITY", "090141"),
        ("REAL", "NOT-A-NUMBER", "090142"),
        ("REAL", "0", "0900"),
        ("UTF8String", "\"é\"", "0C02C3A9"),
        ("IA5String", "{ \"a\", {0, 10}, cr }", "1603610A0D"),
        ("UniversalString", "{ 0, 1, 246, 0 }", "1C040001F600"),
        ("BMPString", "\"é\"", "1E0200E9"),
        ("T61String", "\"é\"", "1401E9"),
        ("ISO646String", "\"~\"", "1A017E"),
        ("GraphicString", "\"x\"", "190178"),
        ("GeneralString", "\"x\"", "1B0178"),
        ("VideotexString", "\"x\"", "150178"),
        ("ObjectDescriptor", "\"x\"", "070178"),
        ("UTCTime", "\"9912312359-0100\"", "170D3030303130313030353930305A"),
        ("GeneralizedTime", "\"20200229120000.500Z\"", "181132303230303232393132303030302E355A"),
        ("TIME", "\"15:27:35,5+01:00\"", "0E0D31353A32373A33352E352B3031"),
        ("DATE", "\"1985-04-12\"", "1F1F083139383530343132"),
        ("TIME-OF-DAY", "\"06:30:00\"", "1F2006303633303030"),
        ("DATE-TIME", "\"1951-10-14T15:30:00\"", "1F210E3139353131303134313533303030"),
        ("DURATION", "\"P1DT2,5H\"", "1F2207314454322E3548"),
        ("SEQUENCE { a [0] INTEGER OPTIONAL, b BOOLEAN DEFAULT FALSE }", "{ a int, b TRUE }", "3008A0030201070101FF"),
        ("Seq", "{ c \"x\", d NULL }", "3007160178A1020500"),
        ("[5] IMPLICIT Seq", "{ d NULL }", "A504A1020500"),
        ("SET { b [1] NULL, a [0] NULL }", "{ b NULL, a NULL }", "3108A0020500A1020500"),
        ("SEQUENCE OF INTEGER", "{ 1, int, 3 }", "3009020101020107020103"),
        ("SEQUENCE (SIZE (0..3)) OF INTEGER (0..9)", "{ 1, 2 }", "3006020101020102"),
        ("SEQUENCE OF Seq", "{ { b TRUE, d NULL } }", "300930070101FFA1020500"),
        ("SET OF INTEGER", "{ 300, 2, 1 }", "310A0201010201020202012C"),
        ("SET OF SEQUENCE OF NULL", "{ { NULL }, {} }", "3106300030020500"),
        ("CHOICE { a [0] INTEGER, b SEQUENCE OF BOOLEAN }", "b : { TRUE }", "30030101FF"),
        ("[APPLICATION 40] CHOICE { a INTEGER }", "a : 5", "7F2803020105"),
        ("EXTERNAL", "{ identification syntax : { 1 2 3 }, data-value 'AB'H }", "280706022A038101AB"),
        ("EMBEDDED PDV", "{ identification fixed : NULL, data-value 'AB'H }", "2B07A00285008201AB"),
        ("EMBEDDED PDV", "{ identification context-negotiation : { presentation-context-id 5, transfer-syntax { 1 2 3 } }, data-value ''H }", "2B0DA009A30780010581022A038200"),
        ("CHARACTER STRING", "{ identification syntaxes : { abstract { 1 2 3 }, transfer { 1 2 4 } }, string-value 'AB'H }", "3D0FA00AA00880022A0381022A048101AB"),
        ("INSTANCE OF TYPE-IDENTIFIER", "{ type-id { 1 2 3 }, value BOOLEAN : TRUE }", "280906022A03A0030101FF"),
        ("SEQUENCE { a ANY }", "{ a INTEGER : 5 }", "3003020105"),
    ];

    /// <summary>Returns a generated type; of an enumeration, its codec.</summary>
    public Type Type(string name) => _assembly.GetType($"Test.Values.{name}", throwOnError: true)!;

    /// <summary>Returns the value that the module names.</summary>
    public object Value(int index) => Type("ValuesValues").GetProperty($"V{index}")!.GetValue(null)!;

    /// <summary>Encodes a value of a generated type or enumeration.</summary>
    public byte[] Encode(object value) => (byte[])(value is Enum
        ? Type(value.GetType().Name + "Codec").GetMethod("Encode", [value.GetType()])!.Invoke(null, [value])!
        : value.GetType().GetMethod("Encode", System.Type.EmptyTypes)!.Invoke(value, null)!);

    /// <summary>Decodes a value of a generated record.</summary>
    public object Decode(string name, byte[] der)
    {
        try
        {
            return Type(name).GetMethod("Decode", [typeof(ReadOnlyMemory<byte>)])!.Invoke(null, [new ReadOnlyMemory<byte>(der)])!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is DerException inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();
}
