import java.nio.file.*;
import java.util.*;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.*;

/** The arguments, or the lines of the file that is the only one: a record, the number of its documents, the documents, the next record, and so on. One line for each record. */
public class VerifyRecords {
    public static void main(String[] files) throws Exception {
        String[] arguments = files.length > 1 ? files : Files.readAllLines(Paths.get(files[0])).toArray(new String[0]);
        java.security.Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        for (int at = 0; at < arguments.length;) {
            byte[] octets = Files.readAllBytes(Paths.get(arguments[at++]));
            List<ERSData> documents = new ArrayList<>();
            for (int left = Integer.parseInt(arguments[at++]); left > 0; left--) {
                documents.add(new ERSByteData(Files.readAllBytes(Paths.get(arguments[at++]))));
            }
            ERSData data = documents.size() == 1 ? documents.get(0) : new ERSDataGroup(documents);
            try {
                ERSEvidenceRecord record =
                    new ERSEvidenceRecord(octets, new JcaDigestCalculatorProviderBuilder().setProvider("BC").build());
                SignerInformationVerifier verifier =
                    new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(record.getSigningCertificate());
                record.validatePresent(data, Date.from(java.time.Instant.now().plusSeconds(20 * 86_400)));
                record.validate(verifier);
                System.out.println("holds");
            } catch (ERSException | org.bouncycastle.tsp.TSPException error) {
                System.out.println("refused: " + error.getMessage());
            }
        }
    }
}
