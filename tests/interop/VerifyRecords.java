import java.nio.file.*;
import java.util.*;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.*;

/** The argument is a folder with a file `cases`; what is not as its lines expect is printed, and in the end how many there were. */
public class VerifyRecords {
    public static void main(String[] arguments) throws Exception {
        java.security.Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        Path folder = Paths.get(arguments[0]);
        int all = 0, agreed = 0;
        for (String line : Files.readAllLines(folder.resolve("cases"))) {
            String[] fields = line.split("\t");
            byte[] octets = Files.readAllBytes(folder.resolve(fields[2]));
            List<ERSData> documents = new ArrayList<>();
            for (int at = 3; at < fields.length; at++) {
                documents.add(new ERSByteData(Files.readAllBytes(folder.resolve(fields[at]))));
            }
            ERSData data = documents.size() == 1 ? documents.get(0) : new ERSDataGroup(documents);
            String found;
            try {
                ERSEvidenceRecord record =
                    new ERSEvidenceRecord(octets, new JcaDigestCalculatorProviderBuilder().setProvider("BC").build());
                SignerInformationVerifier verifier =
                    new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(record.getSigningCertificate());
                record.validatePresent(data, new Date());
                record.validate(verifier);
                found = "holds";
            } catch (ERSException | org.bouncycastle.tsp.TSPException error) {
                found = "refused: " + error.getMessage();
            }
            all++;
            if (found.startsWith(fields[1])) {
                agreed++;
            } else {
                System.out.println("  " + fields[0] + ": expected " + fields[1] + ", " + found);
            }
        }
        System.out.println(agreed + " of " + all);
    }
}
