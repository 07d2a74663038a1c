/** The interactive shell: gogo on a JLine terminal. */
module org.imagingutility.shell {
    requires org.imagingutility.api;
    requires org.apache.felix.gogo.runtime;
    requires org.apache.felix.gogo.jline;
    requires org.jline;
    requires static osgi.core;
    requires static org.osgi.service.component.annotations;
}
