import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.RDFDataMgr;

/**
 * Asks Jena ARQ. Arguments: how many seconds a query may take, then folders that hold data.nq and queries.
 *
 * Beside each query NAME.rq it writes the answer as NAME.json, if there is one in time. The default
 * graph is the union of all, as it is in a store of ours.
 */
class AskJena {
    public static void main(String[] arguments) throws Exception {
        for (int n = 1; n < arguments.length; n++)
            ask(Path.of(arguments[n]), Long.parseLong(arguments[0]));
    }

    private static void ask(Path folder, long seconds) throws Exception {
        Dataset data = DatasetFactory.create();
        RDFDataMgr.read(data, folder.resolve("data.nq").toString());
        data.getDefaultModel().add(data.getUnionModel());
        try (DirectoryStream<Path> queries = Files.newDirectoryStream(folder, "*.rq")) {
            for (Path query : queries) answer(data, query, seconds);
        }
    }

    private static void answer(Dataset data, Path query, long seconds) throws Exception {
        Path answer = Path.of(query.toString().replaceAll("rq$", "json"));
        try (QueryExecution asked = QueryExecution.dataset(data).query(Files.readString(query))
                 .timeout(seconds, TimeUnit.SECONDS).build();
             OutputStream out = Files.newOutputStream(answer)) {
            ResultSetFormatter.outputAsJSON(out, asked.execSelect());
        } catch (QueryCancelledException late) {
            Files.delete(answer);
        }
    }
}
