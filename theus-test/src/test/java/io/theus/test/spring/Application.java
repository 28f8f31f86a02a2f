package io.theus.test.spring;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class Application {

}
