import java.io.File;
import java.util.List;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Reasons over each RDF/XML file named as an argument, each by itself, with HermiT.
 *
 * Prints "FILE TAB consistent" or "FILE TAB inconsistent"; or, for an ontology that departs from
 * the OWL 2 DL profile and so has no sound answer, "FILE TAB violation: WHAT" for each departure.
 */
class CheckOntologies {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology =
                OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            List<OWLProfileViolation> violations =
                new OWL2DLProfile().checkOntology(ontology).getViolations();
            for (OWLProfileViolation violation : violations)
                report(file, "violation: " + violation.toString().replaceAll("\\s+", " "));
            if (violations.isEmpty())
                report(file, new Reasoner(ontology).isConsistent() ? "consistent" : "inconsistent");
        }
    }

    private static void report(String file, String verdict) {
        System.out.println(file + "\t" + verdict);
    }
}
