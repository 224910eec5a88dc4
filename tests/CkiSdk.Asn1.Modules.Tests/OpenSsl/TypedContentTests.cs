using CkiSdk.Asn1.Modules.EnrollmentMessageSyntax2009;
using CkiSdk.Asn1.Modules.OCSP201308;
using CkiSdk.Asn1.Modules.PKCS12;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Asn1.Modules.PKCS7;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Asn1.Modules.PKIX1Algorithms88;
using CkiSdk.Asn1.Modules.PKIXCMP2023;
using CkiSdk.Asn1.Modules.PKIXTSP;
using CkiSdk.Asn1.Modules.SafecurvesPkix18;
using CkiSdk.Asn1.Modules.Scrypt0;
using Cms = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Cms2010 = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2010;

namespace CkiSdk.Asn1.Modules.Tests.OpenSsl;

/// <summary>Reads the values inside of what OpenSSL writes: parameters, bags, bodies and contents as their own types.</summary>
public sealed class TypedContentTests(OpenSslFiles files) : IClassFixture<OpenSslFiles>
{
    [Fact]
    public void EncryptedKeys_Tell_Parameters()
    {
        var derivation = Derivation(Encryption("pbes2.der", PKCS5v21Values.IdPBES2).As<PBES2Params>()).As<PBKDF2Params>();
        Assert.Equal(PKCS5v21Values.IdHmacWithSHA512, derivation.Prf.Algorithm);
        Assert.Equal(2048, derivation.IterationCount.ToInt32());
        Assert.IsType<PBKDF2ParamsSalt.Specified>(derivation.Salt);
        var defaults = Derivation(Encryption("pbes2-defaults.der", PKCS5v21Values.IdPBES2).As<PBES2Params>()).As<PBKDF2Params>();
        Assert.Equal(PBKDF2Params.DefaultPrf, defaults.Prf);
        var scrypt = Encryption("scrypt.der", PKCS5v21Values.IdPBES2).As<PBES2Params>();
        Assert.Equal(Scrypt0Values.IdScrypt, scrypt.KeyDerivationFunc.Algorithm);
        Assert.Equal(16384, Derivation(scrypt).As<ScryptParams>().CostParameter.ToInt32());
        Assert.Equal(8, Encryption("pbe.der", PKCS12Values.PbeWithSHAAnd3KeyTripleDESCBC).As<Pkcs12PbeParams>().Salt.Length);
    }

    [Fact]
    public void Keys_Tell_Numbers()
    {
        var dsa = PrivateKeyInfo.Decode(files["dsa.der"]);
        Assert.Equal(PKIX1Algorithms88Values.IdDsa, dsa.PrivateKeyAlgorithm.Algorithm);
        Assert.Equal(128, dsa.PrivateKeyAlgorithm.Parameters!.Value.As<DssParms>().P.ToBigInteger().GetByteCount(isUnsigned: true));
        Assert.True(DSAPrivateKey.Decode(dsa.PrivateKey.Value.Memory).Value.ToBigInteger() > 0);
        var ed = PrivateKeyInfo.Decode(files["ed25519.der"]);
        Assert.Equal(SafecurvesPkix18Values.IdEd25519, ed.PrivateKeyAlgorithm.Algorithm);
        Assert.Equal(32, CurvePrivateKey.Decode(ed.PrivateKey.Value.Memory).Value.Length);
        var curve = PrivateKeyInfo.Decode(files["explicit.der"]).PrivateKeyAlgorithm.Parameters!.Value.As<EcpkParameters>();
        Assert.IsType<FieldIDParameters.PrimeP>(Assert.IsType<EcpkParameters.EcParameters>(curve).Value.FieldID.Parameters);
    }

    [Fact]
    public void Pkcs12_Opens_ToTypedBags()
    {
        var safe = AuthenticatedSafe.Decode(Assert.IsType<ContentInfoContent.Data>(PFX.Decode(files["open.p12"]).AuthSafe.Content).Value.Value.Memory);
        var bags = safe.Value.SelectMany(part => SafeContents.Decode(Assert.IsType<ContentInfoContent.Data>(part.Content).Value.Value.Memory).Value).ToList();
        Assert.Equal(2, bags.Count(bag => bag.BagValue is SafeBagBagValue.CertBag { Value.CertValue: CertBagCertValue.OctetString }));
        Assert.Single(bags, bag => bag.BagValue is SafeBagBagValue.KeyBag);
        var names = bags.SelectMany(bag => bag.BagAttributes ?? []).SelectMany(attribute => attribute.AttrValues).OfType<PKCS12AttributeAttrValuesItem.FriendlyName>();
        Assert.Equal(["Friend", "Friend"], names.Select(name => name.Value.Value.ToString()));
        Assert.Contains(
            AuthenticatedSafe.Decode(Assert.IsType<ContentInfoContent.Data>(PFX.Decode(files["closed.p12"]).AuthSafe.Content).Value.Value.Memory).Value,
            part => part.Content is ContentInfoContent.EncryptedData);
    }

    [Fact]
    public void OcspResponse_Tells_Status()
    {
        var basic = Assert.IsType<ResponseBytesResponse.BasicOCSPResponse>(OCSPResponse.Decode(files["ocsp-response.der"]).ResponseBytes!.Response).Value;
        var revoked = Assert.IsType<OCSP201308.CertStatus.Revoked>(Assert.Single(basic.TbsResponseData.Responses).CertStatus);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), revoked.Value.RevocationTime.ToDateTimeOffset());
    }

    [Fact]
    public void TimeStamp_Tells_Time()
    {
        var token = TimeStampResp.Decode(files["stamp-response.der"]).TimeStampToken!;
        var signed = token.Content.As<Cms.SignedData>();
        Assert.Equal(PKIXTSPValues.IdCtTSTInfo, signed.EncapContentInfo.EContentType.Value);
        var info = TSTInfo.Decode(signed.EncapContentInfo.EContent!.Value.Memory);
        Assert.Equal((1, 500), (info.Accuracy!.Seconds!.Value.ToInt32(), info.Accuracy.Millis));
        Assert.True(info.Ordering);
    }

    [Theory]
    [InlineData("ir", typeof(PKIBody.Ir))]
    [InlineData("ip", typeof(PKIBody.Ip))]
    [InlineData("certConf", typeof(PKIBody.CertConf))]
    [InlineData("pkiconf", typeof(PKIBody.Pkiconf))]
    [InlineData("p10cr", typeof(PKIBody.P10cr))]
    [InlineData("cp", typeof(PKIBody.Cp))]
    [InlineData("kur", typeof(PKIBody.Kur))]
    [InlineData("kup", typeof(PKIBody.Kup))]
    [InlineData("rr", typeof(PKIBody.Rr))]
    [InlineData("rp", typeof(PKIBody.Rp))]
    [InlineData("genm", typeof(PKIBody.Genm))]
    [InlineData("genp", typeof(PKIBody.Genp))]
    public void CmpMessage_Has_Body(string name, Type body)
    {
        var message = PKIMessage.Decode(files[$"cmp-{name}.der"]);
        Assert.IsType(body, message.Body);
        Assert.Equal(PKIXCMP2023Values.IdPasswordBasedMac, message.Header.ProtectionAlg!.Algorithm);
        Assert.NotNull(message.Protection);
    }

    [Fact]
    public void FullRequest_Tells_Controls()
    {
        var data = PKIData.Decode(files["full.der"]);
        var controls = data.ControlSequence.SelectMany(control => control.AttrValues).ToList();
        Assert.Equal([5, 34, 33, 6, 2], data.ControlSequence.Select(control => int.Parse(control.AttrType.ToString().Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(77, controls.OfType<TaggedAttributeAttrValuesItem.Integer>().Single().Value.ToInt32());
        Assert.Equal(OctetString.FromHex("0102"), controls.OfType<TaggedAttributeAttrValuesItem.IdentityProofV2>().Single().Value.Witness);
        Assert.Equal(OctetString.FromHex("0304"), controls.OfType<TaggedAttributeAttrValuesItem.PopLinkWitnessV2>().Single().Value.Witness);
        Assert.DoesNotContain(controls, control => control is TaggedAttributeAttrValuesItem.Unknown);
        var request = Assert.IsType<TaggedRequest.Tcr>(Assert.Single(data.ReqSequence)).Value.CertificationRequest;
        Assert.Equal(files["request.der"], request.Encode());
        var signed = Assert.IsType<Cms2010.ContentInfoContent.SignedData>(Cms2010.ContentInfo.Decode(files["full-request.der"]).Content).Value;
        Assert.Equal(EnrollmentMessageSyntax2009Values.IdCctPKIData, signed.EncapContentInfo.EContentType);
    }

    private AnyValue Encryption(string file, ObjectIdentifier expected)
    {
        var encryption = EncryptedPrivateKeyInfo.Decode(files[file]).EncryptionAlgorithm;
        Assert.Equal(expected, encryption.Algorithm);
        return encryption.Parameters!.Value;
    }

    private static AnyValue Derivation(PBES2Params parameters) => parameters.KeyDerivationFunc.Parameters!.Value;
}
