import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Reasons over each RDF/XML file named as an argument, each by itself, with HermiT.
 *
 * Prints one line per file, "FILE TAB consistent" or "FILE TAB inconsistent", and before it one
 * line "FILE TAB violation TAB WHAT" for each departure from the OWL 2 DL profile.
 */
class CheckOntologies {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology =
                OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations())
                System.out.println(file + "\tviolation\t" + violation.toString().replaceAll("\\s+", " "));
            boolean consistent = new Reasoner(ontology).isConsistent();
            System.out.println(file + "\t" + (consistent ? "consistent" : "inconsistent"));
        }
    }
}
