import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.*;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.*;
import org.bouncycastle.cert.jcajce.*;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.*;
import org.bouncycastle.operator.jcajce.*;
import org.bouncycastle.tsp.*;
import org.bouncycastle.tsp.ers.*;

/** Makes evidence records in the folder that is the argument, and a line for each of them and its documents in the file `cases`. */
public class MakeRecords {
    static DigestCalculatorProvider digests;
    static TimeStampResponseGenerator authority;
    static final List<String> lines = new ArrayList<>();
    static Path folder;
    static int serial = 1;

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        folder = Paths.get(arguments[0]);
        digests = new JcaDigestCalculatorProviderBuilder().setProvider("BC").build();
        certify();
        byte[][] orders = new byte[100][];
        for (int number = 0; number < orders.length; number++) {
            orders[number] = ("order " + number).getBytes(StandardCharsets.UTF_8);
        }
        byte[][] group = {"the contract".getBytes(), "its annex".getBytes(), "the terms".getBytes()};
        for (int count : new int[] {1, 2, 3, 100}) {
            List<byte[][]> objects = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                objects.add(new byte[][] {orders[number]});
            }
            make("bc-batch-" + count, objects);
        }
        make("bc-group", List.of(group, group(orders, 0, 1), group(orders, 1, 5), group(orders, 6, 2)));
        Files.write(folder.resolve("cases"), lines);
    }

    static byte[][] group(byte[][] orders, int from, int count) {
        return Arrays.copyOfRange(orders, from, from + count);
    }

    static ERSData data(byte[][] documents) {
        List<ERSData> all = new ArrayList<>();
        for (byte[] document : documents) {
            all.add(new ERSByteData(document));
        }
        return all.size() == 1 ? all.get(0) : new ERSDataGroup(all);
    }

    static void make(String name, List<byte[][]> objects) throws Exception {
        ERSArchiveTimeStampGenerator generator = new ERSArchiveTimeStampGenerator(calculator("2.16.840.1.101.3.4.2.1"));
        for (byte[][] documents : objects) {
            generator.addData(data(documents));
        }
        TimeStampRequestGenerator requests = requests();
        TimeStampResponse response = answer(generator.generateTimeStampRequest(requests, BigInteger.valueOf(serial)));
        List<ERSEvidenceRecord> records =
            new ERSEvidenceRecordGenerator(digests).generate(generator.generateArchiveTimeStamps(response));
        int number = 0;
        for (byte[][] documents : objects) {
            ERSData data = data(documents);
            ERSEvidenceRecord record = null;
            for (ERSEvidenceRecord candidate : records) {
                if (candidate.isContaining(data, new Date())) {
                    record = candidate;
                    break;
                }
            }
            write(name + "-" + number, record, documents);
            if (number < 3) {
                ERSEvidenceRecord once = record.renewTimeStamp(answer(record.generateTimeStampRenewalRequest(requests)));
                write(name + "-time-stamp-" + number, once, documents);
                ERSEvidenceRecord twice = once.renewTimeStamp(answer(once.generateTimeStampRenewalRequest(requests)));
                write(name + "-time-stamps-" + number, twice, documents);
                ERSEvidenceRecord thrice = twice.renewTimeStamp(answer(twice.generateTimeStampRenewalRequest(requests)));
                write(name + "-time-stamps-3-" + number, thrice, documents);
                DigestCalculator sha512 = calculator("2.16.840.1.101.3.4.2.3");
                TimeStampResponse renewal = answer(once.generateHashRenewalRequest(sha512, data, requests));
                ERSEvidenceRecord tree = once.renewHash(calculator("2.16.840.1.101.3.4.2.3"), data, renewal);
                write(name + "-tree-" + number, tree, documents);
                ERSEvidenceRecord all = tree.renewTimeStamp(answer(tree.generateTimeStampRenewalRequest(requests)));
                write(name + "-all-" + number, all, documents);
            }
            number++;
        }
    }

    static void write(String name, ERSEvidenceRecord record, byte[][] documents) throws Exception {
        Files.write(folder.resolve(name + ".ers"), record.getEncoded());
        Files.write(folder.resolve("another"), "another order".getBytes());
        String holds = name + "\tholds\t" + name + ".ers";
        String refused = name + "\trefused\t" + name + ".ers\tanother";
        for (int number = 0; number < documents.length; number++) {
            Files.write(folder.resolve(name + "." + number), documents[number]);
            holds += "\t" + name + "." + number;
            refused += number == 0 ? "" : "\t" + name + "." + number;
        }
        lines.add(holds);
        lines.add(refused);
    }

    static DigestCalculator calculator(String algorithm) throws Exception {
        return digests.get(new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm)));
    }

    static TimeStampRequestGenerator requests() {
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        return requests;
    }

    static TimeStampResponse answer(TimeStampRequest request) throws Exception {
        TimeStampResponse response = authority.generateGrantedResponse(request, BigInteger.valueOf(serial++), new Date());
        return new TimeStampResponse(response.getEncoded());
    }

    /** A root, and an authority below it. */
    static void certify() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC", "BC");
        keys.initialize(new ECGenParameterSpec("P-256"));
        KeyPair rootKey = keys.generateKeyPair();
        KeyPair own = keys.generateKeyPair();
        X500Name rootName = new X500Name("CN=TEST Root of Bouncy Castle");
        Date from = new Date(System.currentTimeMillis() - 86_400_000L);
        Date to = new Date(System.currentTimeMillis() + 3650L * 86_400_000L);
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").setProvider("BC").build(rootKey.getPrivate());
        JcaX509v3CertificateBuilder root =
            new JcaX509v3CertificateBuilder(rootName, BigInteger.ONE, from, to, rootName, rootKey.getPublic());
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        Files.write(folder.resolve("root.der"), root.build(signer).getEncoded());
        X500Name name = new X500Name("CN=TEST TSA of Bouncy Castle");
        JcaX509v3CertificateBuilder tsa =
            new JcaX509v3CertificateBuilder(rootName, BigInteger.TWO, from, to, name, own.getPublic());
        tsa.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        tsa.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        X509Certificate certificate = new JcaX509CertificateConverter().setProvider("BC").getCertificate(tsa.build(signer));
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().setProvider("BC").build("SHA256withECDSA", own.getPrivate(), certificate),
            calculator("2.16.840.1.101.3.4.2.1"), new ASN1ObjectIdentifier("2.999.1"));
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        authority = new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
    }
}
