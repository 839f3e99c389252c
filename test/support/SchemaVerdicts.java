import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Judges many documents in one run, as starting Java costs more than judging.
 * Reads lines "schema file, tab, document file", answers each with "valid" or with the first complaint.
 */
public class SchemaVerdicts {
    public static void main(String[] arguments) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Map<String, Schema> schemas = new HashMap<>();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] files = line.split("\t");
            if (!schemas.containsKey(files[0])) schemas.put(files[0], factory.newSchema(new File(files[0])));
            System.out.println(verdict(schemas.get(files[0]), files[1]));
        }
    }

    private static String verdict(Schema schema, String file) {
        String[] complaint = {null};
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new ErrorHandler() {
            public void warning(SAXParseException exception) { keep(exception); }
            public void error(SAXParseException exception) { keep(exception); }
            public void fatalError(SAXParseException exception) { keep(exception); }
            private void keep(SAXParseException exception) {
                if (complaint[0] == null) complaint[0] = exception.getLineNumber() + ": " + exception.getMessage();
            }
        });
        try {
            validator.validate(new StreamSource(new File(file)));
        } catch (Exception exception) {
            if (complaint[0] == null) complaint[0] = String.valueOf(exception.getMessage());
        }
        return complaint[0] == null ? "valid" : complaint[0].replaceAll("[\r\n]+", " ");
    }
}
